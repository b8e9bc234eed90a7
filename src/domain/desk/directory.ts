/** How the town's own directory (OpenID Connect) is reached, through which agents may sign in. */

export interface DirectorySettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What the button says: 'ProConnect'. */
  name: string;
  scopes: string;
  /** How the facts of a user are signed, where they come as a token; plain JSON when absent. */
  userinfoAlg?: string;
  /** Whether its e-mail addresses count as proven though it does not say so. */
  isEmailProven: boolean;
  /** Organisations (SIRET) whose people may come in; all when absent. */
  sirets?: string[];
}
