// A provider that lets in whoever names themselves, with its own pages for login and consent.
//
// PORT: where it listens, on this computer only. APP: the address of the pages that people come
// from. Somebody who logs in as "zoe" has the verified address zoe@atelier-neuf.example; whoever
// begins with "unverified" has an address that nobody verified.
import Provider from "oidc-provider";

const port = Number(process.env.PORT);
const app = process.env.APP;
// another site than the pages' "localhost": browsers treat what comes from here as foreign
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "cap90",
      client_secret: "only-for-tests",
      redirect_uris: [`${app}/login/back/example`],
      post_logout_redirect_uris: [`${app}/login`],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  cookies: { keys: ["only for tests"] },
  pkce: { required: () => true },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: `${id}@atelier-neuf.example`,
      email_verified: !id.startsWith("unverified"),
    }),
  }),
});

provider.listen(port, "127.0.0.1", () => console.log(`${issuer} listens`));
