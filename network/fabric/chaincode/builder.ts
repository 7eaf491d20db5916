/**
 * Our builder of chaincode as a service: three small scripts that a peer runs when a package is
 * installed. A package of ours says nothing of addresses or keys, so its id is the same for every
 * organisation and outlives a rotation; the scripts take the connection from the peer's own
 * folder, where `connections/LABEL.json` was put before the installation.
 */
import type { Files } from '../../identity/atomic-folder.ts';
import { connectionsVariable } from '../config/peer.ts';

/** The type that our packages' `metadata.json` carries. */
export const packageType = 'kepil-ccaas';

/** The scripts by their path in the builder's folder. */
export const builderScripts: Files = {
  'bin/detect': `#!/bin/sh
# detect SOURCE METADATA: takes packages of our type only.
grep -Eq '"type" *: *"${packageType}"' "$2/metadata.json"
`,
  'bin/build': `#!/bin/sh
# build SOURCE METADATA OUTPUT: picks this peer's connection for the package's label.
set -eu
label=$(sed -n 's/.*"label" *: *"\\([A-Za-z0-9_.+-]*\\)".*/\\1/p' "$2/metadata.json")
connection="$${connectionsVariable}/$label.json"
[ -n "$label" ] && [ -r "$connection" ] || {
  echo "no connection for the package '$label': expected $connection" >&2
  exit 1
}
cp "$connection" "$3/connection.json"
`,
  'bin/release': `#!/bin/sh
# release BUILD RELEASE: puts the connection where the peer looks.
set -eu
mkdir -p "$2/chaincode/server"
cp "$1/connection.json" "$2/chaincode/server/connection.json"
`,
};
