local base = KEYS[1]
local headKey, latestKey, erasedKey = base .. ':head', base .. ':latest', base .. ':erased'
local timesKey, positionsKey, claimsKey, copyKey = base .. ':times', base .. ':positions', base .. ':claims', base .. ':copy'

local function text(number)
  return string.format('%.0f', number)
end

local function id(offset)
  return '1-' .. text(offset)
end

local function offsetOf(entry)
  return tonumber(string.match(entry[1], '-(%d+)$'))
end

local function field(entry, name)
  local fields = entry[2]
  for i = 1, #fields, 2 do
    if fields[i] == name then
      return fields[i + 1]
    end
  end
  return nil
end

local function ring()
  local place, name = string.match(base, '^(.*):log:([^:]+)$')
  redis.call('PUBLISH', place .. ':hints', 'log:' .. name)
end

-- Where the stream really ends, which other programs may have moved; nil and the last id when that is not one of ours.
local function realEnd(next)
  local info = redis.call('XINFO', 'STREAM', base)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      local first, second = string.match(info[i + 1], '^(%d+)-(%d+)$')
      if first == '0' and second == '0' and next == 0 then
        return 0
      end
      if first ~= '1' or tonumber(second) + 1 < next then
        return nil, info[i + 1]
      end
      return tonumber(second) + 1
    end
  end
end

-- Takes what other programs added since into the index; returns the end.
local function catchUp(next, keyed)
  local found, last = realEnd(next)
  if not found then
    return nil, last
  end
  local from = next
  while keyed and from < found do
    local page = redis.call('XRANGE', base, id(from), '+', 'COUNT', 100)
    if #page == 0 then
      break
    end
    for _, entry in ipairs(page) do
      local key = field(entry, 'key')
      if key then
        redis.call('HSET', latestKey, key, text(offsetOf(entry)))
      end
      from = offsetOf(entry) + 1
    end
  end
  return found
end
