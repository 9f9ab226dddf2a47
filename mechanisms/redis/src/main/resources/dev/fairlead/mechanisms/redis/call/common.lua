local base = KEYS[1]

local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

local function box(address)
  return base .. ':box:' .. address
end

local function answerers(item)
  return base .. ':item:' .. item
end
