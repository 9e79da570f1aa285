// Which calls does the Bluesky server make on its database, and how does Node's built-in SQLite answer them?
//
// The server asks for the package better-sqlite3, which is compiled at every installation. The test servers need
// no more of it than Kysely's SQLite dialect uses: prepare, all, run, pragma, close.

'use strict'

const { DatabaseSync } = require('node:sqlite')

// SQLite's primary result codes under the names that callers look for (sqlite.org/rescode.html).
const NAMES = { 5: 'SQLITE_BUSY', 6: 'SQLITE_LOCKED', 8: 'SQLITE_READONLY', 13: 'SQLITE_FULL', 19: 'SQLITE_CONSTRAINT' }
const CONSTRAINTS = { 1555: 'SQLITE_CONSTRAINT_PRIMARYKEY', 2067: 'SQLITE_CONSTRAINT_UNIQUE' }

function named(error) {
  const code = CONSTRAINTS[error.errcode] ?? NAMES[error.errcode & 0xff]
  if (code) error.code = code
  return error
}

function attempt(work) {
  try {
    return work()
  } catch (error) {
    throw named(error)
  }
}

function bound(parameters) {
  return (parameters ?? []).map((value) => (typeof value === 'boolean' ? Number(value) : (value ?? null)))
}

// better-sqlite3 gives blobs as Buffers, Node as plain byte arrays.
function withBuffers(row) {
  for (const key of Object.keys(row)) {
    const value = row[key]
    if (value instanceof Uint8Array) row[key] = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
  return row
}

class Statement {
  constructor(statement) {
    this.statement = statement
    this.reader = statement.columns().length > 0
  }

  all(parameters) {
    return attempt(() => this.statement.all(...bound(parameters)).map(withBuffers))
  }

  run(parameters) {
    return attempt(() => this.statement.run(...bound(parameters)))
  }
}

module.exports = class Database {
  constructor(location, options = {}) {
    this.database = attempt(() => new DatabaseSync(location, { timeout: options.timeout ?? 5000 }))
  }

  prepare(sql) {
    return attempt(() => new Statement(this.database.prepare(sql)))
  }

  pragma(text) {
    return attempt(() => this.database.prepare(`PRAGMA ${text}`).all())
  }

  close() {
    if (this.database.isOpen) this.database.close()
  }
}
