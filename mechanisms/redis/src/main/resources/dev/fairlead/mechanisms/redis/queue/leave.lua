-- ARGV: id; then the clients that are no more
if redis.call('HGET', headKey, 'id') == ARGV[1] then
  for i = 2, #ARGV do
    redis.call('HDEL', clientsKey, ARGV[i])
  end
end
return {'ok'}
