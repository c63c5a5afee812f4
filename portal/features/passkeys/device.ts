import type { NewPasskeyChallenge, SignInChallenge } from "@/lib/api/types";
import { decoded, encoded } from "./base64url";

/** Whether this browser has passkeys for this portal: not at an address that is only a number. */
export const canUsePasskeys = (): boolean =>
  "PublicKeyCredential" in window && window.isSecureContext && !/^[\d.]+$|^\[/.test(window.location.hostname);

/** Has the person show their device who they are; null where they would rather not, or the device has no passkey for here. */
export async function signedByPasskey(asked: SignInChallenge) {
  const found = await asPublicKey(
    navigator.credentials.get({
      publicKey: { challenge: decoded(asked.challenge), rpId: asked.host, timeout: asked.lasts_s * 1000, userVerification: "required" },
    }),
  );
  if (!(found?.response instanceof AuthenticatorAssertionResponse)) return null;
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
  return {
    credential_id: found.id,
    client_data: encoded(clientDataJSON),
    authenticator_data: encoded(authenticatorData),
    signature: encoded(signature),
    user_handle: encoded(userHandle ?? new ArrayBuffer()),
  };
}

/** Has the person make a passkey on their device; null where they would rather not, or have one there already. */
export async function madePasskey(asked: NewPasskeyChallenge) {
  const made = await asPublicKey(
    navigator.credentials.create({
      publicKey: {
        challenge: decoded(asked.challenge),
        rp: { id: asked.host, name: asked.studio_name },
        user: { id: decoded(asked.user_id), name: asked.user_name, displayName: asked.display_name },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: asked.known_ids.map((id) => ({ type: "public-key", id: decoded(id) })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        attestation: "none",
        timeout: asked.lasts_s * 1000,
      },
    }),
  );
  if (!(made?.response instanceof AuthenticatorAttestationResponse)) return null;
  return { credential_id: made.id, client_data: encoded(made.response.clientDataJSON), attestation: encoded(made.response.attestationObject) };
}

/** Ed25519, ECDSA with P-256, RSA: what the api checks and every device has one of. */
const ALGORITHMS = [-8, -7, -257];

async function asPublicKey(asking: Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    const answer = await asking;
    return answer instanceof PublicKeyCredential ? answer : null;
  } catch {
    return null; // the person closed the question, or the device knows none: browsers do not tell which
  }
}
