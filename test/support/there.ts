/** What a suite's hooks have brought up; its tests never see it missing. */
export function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the hooks of the suite have not brought it up');
  return value;
}
