<?php

namespace App;

use Illuminate\Foundation\Exceptions\Handler as ExceptionHandler;
use Throwable;

class Handler extends ExceptionHandler
{
    /** Otherwise a request without `Accept: application/json` is redirected to a sign-in page that is not there. */
    protected function shouldReturnJson($request, Throwable $exception)
    {
        return true;
    }
}
