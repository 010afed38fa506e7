<?php

namespace App;

use Exception;

/** A token that is missing, unreadable, too old, or on the blacklist. */
class JwtException extends Exception
{
}
