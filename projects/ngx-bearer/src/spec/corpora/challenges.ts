import type { StepUp } from '../../request/token-rejection';

/** Values of `WWW-Authenticate` by why they say what they say. */
type Challenges = Readonly<Record<string, readonly string[]>>;

const STEP_UP = 'Bearer error="insufficient_user_authentication"';

/** With these a 401 means that the token is no longer good. */
export const rejections: Challenges = {
  'no error at all': [
    '',
    'Bearer',
    'bearer',
    'Bearer realm="shop"',
    'Basic realm="shop"',
    'Negotiate',
    'Basic realm="a", Bearer realm="b", DPoP algs="ES256"',
  ],
  'an error of the token': [
    'Bearer error="invalid_token"',
    'Bearer error="invalid_request"',
    'Bearer realm="shop", error="invalid_token", error_description="The access token expired"',
    'Bearer error="INSUFFICIENT_SCOPE"',
  ],
  'a token68': [
    'Negotiate YIIFrgYGKwYBBQUCoIIFojCC==',
    'Negotiate YIIF=, Bearer error="invalid_token"',
    'Negotiate error=',
    'Negotiate error==, Basic realm="insufficient_scope"',
  ],
  'another error only in the text of a parameter': [
    'Bearer error_description="insufficient_scope"',
    'Bearer error_description="error=insufficient_scope"',
    'Bearer error_description="the error: \\"insufficient_scope\\"", error="invalid_token"',
    'Bearer realm="\\\\\\", error=\\"insufficient_scope\\"", error="invalid_token"',
    'Bearer realm="a, Bearer error=\\"insufficient_scope\\""',
    'Bearer realm="Bearer error=insufficient_scope, x=y"',
    'Bearer realm="it never closes, error=insufficient_scope',
    'Bearer realm="it never closes\\", error=insufficient_scope',
    'Bearer realm="\\", error=insufficient_scope',
    'Bearer "it never closes, error=insufficient_scope',
    'Bearer error_uri="https://example.com/?error=insufficient_scope"',
  ],
  'another error only in a name or value like it': [
    'Bearer xerror="insufficient_scope"',
    'Bearer error-x="insufficient_scope"',
    'Bearer x-error="insufficient_scope"',
    'Bearer error*="insufficient_scope"',
    'Bearer error="not insufficient_scope"',
    'Bearer error=" insufficient_scope"',
    'Bearer error="insufficient_scope_x"',
    'Bearer error="insufficient_scope, use_dpop_nonce"',
    'Bearer scope="insufficient_scope"',
    'Bearer insufficient_scope',
    'insufficient_scope',
  ],
  'what is no challenge': [
    '=',
    ',,, ,',
    '"',
    '\\',
    '"insufficient_scope"',
    'error="insufficient_scope"',
    'Bearer error',
    'Bearer error=',
    'Bearer error=""',
    'Bearer error=,',
    'Bearer error: insufficient_scope',
  ],
};

/** With these it means something that no new token can mend. */
export const otherCauses: Challenges = {
  'the error, in quotes or not': [
    'Bearer error="insufficient_scope"',
    'Bearer error=insufficient_scope',
    'Bearer error="insufficient\\_scope"',
    'Bearer error="insufficient_scope',
    'DPoP error="use_dpop_nonce"',
    STEP_UP,
  ],
  'schemes and names in any case': [
    'bearer error="insufficient_scope"',
    'Bearer ERROR="insufficient_scope"',
    'BEARER Error=insufficient_scope',
  ],
  'spaces where they may stand': [
    'Bearer error = "insufficient_scope"',
    'Bearer error=\t"insufficient_scope"',
    'Bearer   error="insufficient_scope"',
    'Bearer realm="shop",error="insufficient_scope",scope="a b"',
    'Bearer realm="shop" , error="insufficient_scope" , scope="a b"',
  ],
  'a quoted string before it': [
    'Bearer realm="a \\"quoted\\" one, x=1", error="insufficient_scope"',
    'Bearer realm="\\\\", error="insufficient_scope"',
    'Bearer realm="", error="insufficient_scope"',
    'Bearer realm="error=invalid_token", error="insufficient_scope"',
  ],
  'one of several challenges': [
    'Basic realm="shop", Bearer error="insufficient_scope"',
    'Bearer error="insufficient_scope", Basic realm="shop"',
    'Bearer error="invalid_token", DPoP error="insufficient_scope"',
    'Bearer error="insufficient_scope", DPoP error="invalid_token"',
    'Negotiate, Bearer error="insufficient_scope"',
    'Negotiate YIIF==, Bearer error="insufficient_scope"',
    'Negotiate a/b+c, Bearer error="insufficient_scope"',
    ', ,Bearer error="insufficient_scope"',
    'error error="insufficient_scope"',
  ],
  'parameters beside it': [
    `${STEP_UP}, acr_values="gold", max_age=300`,
    'Bearer realm="a", DPoP algs="ES256", error="use_dpop_nonce"',
  ],
};

/** What a 401 with these asks for. */
export const stepUps: readonly (readonly [challenge: string, asked: StepUp])[] = [
  [STEP_UP, {}],
  [`${STEP_UP}, acr_values="gold"`, { acrValues: ['gold'] }],
  [`${STEP_UP}, acr_values="gold silver", max_age="300"`, { acrValues: ['gold', 'silver'], maxAge: 300 }],
  [`${STEP_UP}, acr_values="  gold  silver "`, { acrValues: ['gold', 'silver'] }],
  [`${STEP_UP}, max_age=0`, { maxAge: 0 }],
  [`Basic realm="max_age=1", ${STEP_UP}, MAX_AGE=60`, { maxAge: 60 }],
  [`${STEP_UP}, Basic max_age=60`, {}],
  [`${STEP_UP}, max_age=1, ${STEP_UP}, max_age=2`, { maxAge: 1 }],
  [`${STEP_UP}, max_age="soon", acr_values=""`, {}],
  [`${STEP_UP}, max_age=-1`, {}],
  [`${STEP_UP}, max_age=1e3`, {}],
];
