// Checks credentials with the libraries of others, and signs one with theirs. No network: contexts come from our files.
//
// In: {"contexts": {url: document}, "credentials": [...], "tokens": [[token, multikey in base64url], ...], "toSign": {...}}
// Out: {"@digitalbazaar/vc": [true, ...], "@digitalcredentials/verifier-core": [...], "jose": [...], "signed": {...}, "signedBefore": {...}}
import * as vc from '@digitalbazaar/vc';
import * as DidKey from '@digitalbazaar/did-method-key';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalcredentials/verifier-core';
import { Ed25519Signature2020 } from '@digitalcredentials/ed25519-signature-2020';
import { Ed25519VerificationKey2020 } from '@digitalcredentials/ed25519-verification-key-2020';
import * as dcc from '@digitalcredentials/vc';
import { jwtVerify, importJWK } from 'jose';
import { text } from 'node:stream/consumers';

const given = JSON.parse(await text(process.stdin));
console.log = () => {};
globalThis.fetch = async (asked) => {
  const kept = given.contexts[asked.url ?? asked];
  if (!kept) throw new Error(`nothing is fetched: ${asked.url ?? asked}`);
  return new Response(JSON.stringify(kept), { headers: { 'content-type': 'application/ld+json' } });
};

const didKey = DidKey.driver();
didKey.use({ multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from });
async function documentLoader(url) {
  if (given.contexts[url]) return { contextUrl: null, documentUrl: url, document: given.contexts[url] };
  if (url.startsWith('did:key:')) return { contextUrl: null, documentUrl: url, document: await didKey.get({ url }) };
  throw new Error(`not kept: ${url}`);
}

async function bazaar(credential) {
  const suite = new DataIntegrityProof({ cryptosuite });
  try {
    return (await vc.verifyCredential({ credential, suite, documentLoader, checkStatus: async () => ({ verified: true }) })).verified;
  } catch {
    return false;
  }
}

async function core(credential) {
  try {
    const found = await verifyCredential({ credential, knownDIDRegistries: [] });
    return !found.errors && found.log.some((one) => one.id === 'valid_signature' && one.valid);
  } catch {
    return false;
  }
}

async function jose([token, x]) {
  try {
    await jwtVerify(token, await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA'), { currentDate: new Date(given.at) });
    return true;
  } catch {
    return false;
  }
}

async function signed(credential) {
  const pair = await Ed25519Multikey.generate({ seed: new Uint8Array(32).fill(7) });
  const { didDocument } = await didKey.fromKeyPair({ verificationKeyPair: pair });
  const method = didDocument.assertionMethod[0];
  const suite = new DataIntegrityProof({ signer: { ...pair.signer(), id: method }, cryptosuite, date: given.at });
  return vc.issue({ credential: { ...credential, issuer: { ...credential.issuer, id: didDocument.id } }, suite, documentLoader });
}

// The forerunner of today's proofs, as wallets of the years before sign.
async function signedBefore(credential) {
  const key = await Ed25519VerificationKey2020.generate({ seed: new Uint8Array(32).fill(8) });
  key.controller = `did:key:${key.fingerprint()}`;
  key.id = `${key.controller}#${key.fingerprint()}`;
  const suite = new Ed25519Signature2020({ key, date: given.at });
  const contexts = [...credential['@context'], 'https://w3id.org/security/suites/ed25519-2020/v1'];
  const document = { ...credential, '@context': contexts, issuer: { ...credential.issuer, id: key.controller } };
  return dcc.issue({ credential: document, suite, documentLoader });
}

const all = async (ask, these) => { const found = []; for (const one of these) found.push(await ask(one)); return found; };
process.stdout.write(JSON.stringify({
  '@digitalbazaar/vc': await all(bazaar, given.credentials),
  '@digitalcredentials/verifier-core': await all(core, given.credentials),
  jose: await all(jose, given.tokens),
  signed: await signed(given.toSign),
  signedBefore: await signedBefore(given.toSign),
}));
