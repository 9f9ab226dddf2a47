-- ARGV: id, now
local broken = wrong(ARGV[1])
if broken then
  return broken
end
local till = '[' .. ARGV[2] .. '~'
local dueHeld, dueLater = redis.call('ZLEXCOUNT', heldKey, '-', till), redis.call('ZLEXCOUNT', laterKey, '-', till)
return {'ok', redis.call('ZCARD', readyKey) + dueHeld + dueLater, redis.call('ZCARD', laterKey) - dueLater,
  redis.call('ZCARD', heldKey) - dueHeld, redis.call('ZCARD', deadKey)}
