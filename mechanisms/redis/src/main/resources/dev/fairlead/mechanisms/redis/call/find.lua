-- ARGV: item
return {'ok', redis.call('ZRANGEBYSCORE', answerers(ARGV[1]), '(' .. string.format('%.0f', now()), '+inf')}
