// Starts the Bluesky servers and says, in one JSON line, where they are. Ends on TERM.
//
// With DB_POSTGRES_URL and REDIS_HOST in the environment it is the whole network (the AppView that knows threads, likes and
// notifications); without them it is the directory of identities and one personal data server.

import { TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env'

const isWhole = Boolean(process.env.DB_POSTGRES_URL && process.env.REDIS_HOST)
const options = { pds: { hostname: 'localhost', enableDidDocWithSession: true } }
const network = await (isWhole ? TestNetwork.create(options) : TestNetworkNoAppView.create(options))

console.log(JSON.stringify({ pds: network.pds.url, directory: network.plc.url, isWhole }))

process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => process.exit(0))
