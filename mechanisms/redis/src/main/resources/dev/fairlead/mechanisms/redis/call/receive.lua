-- ARGV: address; then the ids of the letters that were handed on
local key = box(ARGV[1])
for i = 2, #ARGV do
  redis.call('XDEL', key, ARGV[i])
end
return {'ok', redis.call('XRANGE', key, '-', '+', 'COUNT', 16)}
