// Loaded before the servers: whatever they want to listen on, they listen on this machine alone.

'use strict'

const net = require('node:net')

const listen = net.Server.prototype.listen

net.Server.prototype.listen = function (...args) {
  const [first] = args
  if (typeof first === 'object' && first !== null && 'port' in first) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...args.slice(1))
  }
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first))) {
    const rest = args.slice(1).filter((arg) => typeof arg === 'function')
    return listen.call(this, { port: Number(first), host: '127.0.0.1' }, ...rest)
  }
  return listen.apply(this, args)
}
