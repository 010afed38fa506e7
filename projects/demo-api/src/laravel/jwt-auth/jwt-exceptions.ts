/** Of php-open-source-saver/jwt-auth 2.8.2, src/Exceptions. Laravel's handler knows none of them: uncaught, it is a 500. */
export class JwtException extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

export class TokenInvalidException extends JwtException {}

export class TokenBlacklistedException extends TokenInvalidException {}

export class TokenExpiredException extends JwtException {}
