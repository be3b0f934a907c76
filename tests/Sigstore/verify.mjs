// Verifies a bundle with Sigstore's own code, without the network: node verify.mjs BUNDLE PUBLIC-KEY.pem
// Prints the signed statement. Exit code: 0 the signature is the key's, 1 it is not, or the bundle is none; the reason is on stderr.
import { readFileSync } from 'node:fs';
import { createPublicKey } from 'node:crypto';
import { bundleFromJSON } from '@sigstore/bundle';
import { Verifier, toSignedEntity, toTrustMaterial } from '@sigstore/verify';

const [bundleFile, keyFile] = process.argv.slice(2);
try {
  const key = createPublicKey(readFileSync(keyFile));
  const bundle = bundleFromJSON(JSON.parse(readFileSync(bundleFile, 'utf8')));
  const none = { certificateAuthorities: [], ctlogs: [], timestampAuthorities: [], tlogs: [] };
  const material = toTrustMaterial(none, () => ({ publicKey: key, validFor: () => true }));
  // a key of one's own is in no log: nobody but its owner can say when it signed
  new Verifier(material, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 }).verify(toSignedEntity(bundle));
  process.stdout.write(bundle.content.dsseEnvelope.payload);
} catch (error) {
  console.error(`${error.code ?? error.name}: ${error.message}`);
  process.exitCode = 1;
}
