import { environment } from '../node/environment.ts';

const MODULES = '/usr/lib/glewlwyd';

/** The port and the files of one instance. */
export interface Instance {
  readonly port: number;
  readonly database: string;
  /** An empty folder. */
  readonly noModules: string;
}

/** The configuration file of glewlwyd. */
export function configurationFor({ port, database, noModules }: Instance): string {
  return `
port=${port}
bind_address="127.0.0.1"
external_url="http://127.0.0.1:${port}"
login_url="login.html"
api_prefix="api"
allow_origin="${environment('ORIGIN')}"
expose_headers="WWW-Authenticate, Retry-After, Date"
log_mode="console"
log_level="ERROR"
cookie_secure=0
session_key="session"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="${MODULES}/user"
user_middleware_module_path="${noModules}"
client_module_path="${MODULES}/client"
user_auth_scheme_module_path="${MODULES}/scheme"
plugin_module_path="${MODULES}/plugin"
hash_algorithm="SHA256"
database = { type = "sqlite3" path = "${database}" };
`;
}

/** The plugin that issues tokens; refresh tokens do not rotate. */
export function oauthPlugin(): object {
  return {
    module: 'oauth2-glewlwyd',
    name: 'glwd',
    display_name: 'OAuth 2.0',
    order_rank: 0,
    parameters: {
      'jwt-type': 'sha',
      'jwt-key-size': '256',
      key: 'of this test, and long enough for HMAC with SHA-256',
      'access-token-duration': Number(environment('ACCESS_SECONDS')),
      'refresh-token-duration': 24 * 60 * 60,
      'code-duration': 600,
      'refresh-token-rolling': true,
      'auth-type-code-enabled': true,
      'auth-type-password-enabled': true,
      'auth-type-refresh-enabled': true,
      'auth-type-implicit-enabled': false,
      'auth-type-client-enabled': false,
    },
  };
}
