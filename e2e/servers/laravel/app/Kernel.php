<?php

namespace App;

use Illuminate\Auth\Middleware\Authenticate;
use Illuminate\Foundation\Http\Kernel as HttpKernel;
use Illuminate\Routing\Middleware\ThrottleRequests;

class Kernel extends HttpKernel
{
    protected $middleware = [HandleCors::class];

    protected $routeMiddleware = ['auth' => Authenticate::class, 'throttle' => ThrottleRequests::class];
}
