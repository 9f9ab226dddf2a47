-- ARGV: address
redis.call('UNLINK', box(ARGV[1]))
return {'ok'}
