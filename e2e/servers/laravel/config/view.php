<?php

return ['paths' => [], 'compiled' => getenv('DATA_DIR')];
