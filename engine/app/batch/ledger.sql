-- Brevier — the schema of a batch's ledger, version 5.
-- Rows of `runs`, `timings` and `stamps` tell of one run on one machine. All others are the same for the same
-- archive, stylesheets, plugins, fonts, options and program, however often a run was interrupted.

CREATE TABLE IF NOT EXISTS items (
    name     TEXT PRIMARY KEY,  -- path within the source, made safe
    position INTEGER NOT NULL,  -- in the source, from 1
    origin   TEXT NOT NULL,     -- as messages of the last run name it: folder/a.zip:b.md
    stem     TEXT NOT NULL,     -- what its outputs are called, without suffix
    outcome  TEXT NOT NULL CHECK (outcome IN
                 ('done', 'degraded', 'failed', 'skipped', 'quarantined')),
    reason   TEXT NOT NULL,     -- why, in words; empty for done
    kind     TEXT NOT NULL,     -- of the analysis: industry-news
    title    TEXT NOT NULL,
    date     TEXT NOT NULL,     -- as its author wrote it
    bytes    INTEGER NOT NULL,  -- length of the analysis
    content  TEXT NOT NULL,     -- SHA-256 of the analysis
    closure  TEXT NOT NULL,     -- what it was rendered with: closures.id; empty for one that could
                                -- not be read or written, whose outputs another has replaced, or whose
                                -- worker was killed by others: the next run tries it again
    choice   TEXT NOT NULL,     -- choices.id; empty for what is no analysis
    plugins  TEXT NOT NULL,     -- each plugin that ran for it, with the digest of its files
    assets   TEXT NOT NULL,     -- each picture in it, with its digest
    reads    TEXT NOT NULL      -- each plugin that used a grant, with the file it read and its
                                -- digest, or with "-" for the clock
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS outputs (
    item   TEXT NOT NULL,       -- items.name
    format TEXT NOT NULL,       -- pdf, docx, text
    path   TEXT NOT NULL,       -- beneath the folder of the ledger
    bytes  INTEGER NOT NULL,
    digest TEXT NOT NULL,       -- SHA-256 of the file
    look   TEXT NOT NULL,       -- looks.id
    key    TEXT NOT NULL,       -- digest of content, closure, plugins, assets and reads
    PRIMARY KEY (item, format)
) WITHOUT ROWID;

-- A file is the output of one item. When an item takes the name of another's, the other has lost it.
CREATE UNIQUE INDEX IF NOT EXISTS output_paths ON outputs (path);

CREATE TABLE IF NOT EXISTS diagnostics (
    item     TEXT NOT NULL,
    number   INTEGER NOT NULL,  -- in the order they were given, from 1
    formats  TEXT NOT NULL,     -- the outputs that gave it: pdf,docx
    severity TEXT NOT NULL,     -- error, warning, note
    code     TEXT NOT NULL,     -- input, style, plugin, limit, output, internal
    file     TEXT NOT NULL,     -- empty: no place
    line     INTEGER NOT NULL,  -- 0: the whole of the file, as of its name
    column   INTEGER NOT NULL,
    message  TEXT NOT NULL,
    hint     TEXT NOT NULL,
    PRIMARY KEY (item, number)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS closures (
    id        TEXT PRIMARY KEY, -- digest of the others
    engine    TEXT NOT NULL,    -- program and modules
    sheets    TEXT NOT NULL,    -- stylesheets, their imports, settings of variables
    selection TEXT NOT NULL,    -- names of plugins and what they match
    fonts     TEXT NOT NULL,    -- installed faces, hyphenation patterns
    options   TEXT NOT NULL     -- formats' options, settings of plugins
) WITHOUT ROWID;

-- Of the stylesheets and of the plugins there are, what bears on an output is less than all: a change
-- of the rest does not have it rendered again.
CREATE TABLE IF NOT EXISTS looks (
    id       TEXT PRIMARY KEY,  -- digest of the others
    elements TEXT NOT NULL,     -- what its styling asked of the sheets: @pdf aside --accent .outlook
    rules    TEXT NOT NULL      -- digest of the rules, pages and files that may bear on these
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS choices (
    id       TEXT PRIMARY KEY,  -- digest of the others
    sections TEXT NOT NULL,     -- the names of the sections, a line each
    plugins  TEXT NOT NULL      -- which plugins manifests choose for them, and for the whole
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS timings (
    item   TEXT NOT NULL,
    format TEXT NOT NULL,
    micros INTEGER NOT NULL,    -- wall time of rendering
    written INTEGER NOT NULL,   -- when the file was last written to, nanoseconds since 1970
    PRIMARY KEY (item, format)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS runs (
    id       INTEGER PRIMARY KEY,
    started  INTEGER NOT NULL,  -- seconds since 1970, UTC
    finished INTEGER,           -- NULL: it was killed
    complete INTEGER,           -- 0: it left items, by --limit, a signal or a fault
    options  TEXT NOT NULL,     -- what it was asked for: --limit=3 --to=pdf,text archive.zip
    outcome  TEXT               -- counts, as the summary prints them
);

-- Files that closures tell of and that lie where they lay: what is as it was is not read again.
CREATE TABLE IF NOT EXISTS stamps (
    path     TEXT PRIMARY KEY,
    device   INTEGER NOT NULL,
    inode    INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    modified INTEGER NOT NULL,  -- nanoseconds since 1970
    changed  INTEGER NOT NULL,  -- the same, of the file or what is known of it
    digest   TEXT NOT NULL      -- SHA-256 of the file
) WITHOUT ROWID;

CREATE VIEW IF NOT EXISTS failures AS
    SELECT name, outcome, reason, origin FROM items
    WHERE outcome IN ('failed', 'quarantined', 'degraded') ORDER BY position;

CREATE VIEW IF NOT EXISTS slowest AS
    SELECT item, format, micros FROM timings ORDER BY micros DESC, item, format;

CREATE VIEW IF NOT EXISTS warnings AS
    SELECT code, severity, message, count(*) AS times, count(DISTINCT item) AS items
    FROM diagnostics GROUP BY code, severity, message
    ORDER BY times DESC, code, severity, message;

CREATE VIEW IF NOT EXISTS by_kind AS
    SELECT kind, count(*) AS items, sum(outcome = 'done') AS done,
           sum(outcome = 'degraded') AS degraded,
           sum(outcome IN ('failed', 'quarantined')) AS failed,
           sum(outcome = 'skipped') AS skipped
    FROM items GROUP BY kind ORDER BY kind;

CREATE VIEW IF NOT EXISTS by_day AS
    -- The day is empty for what has no date, or one that is not written year first.
    SELECT CASE WHEN date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
                THEN substr(date, 1, 10) ELSE '' END AS day,
           count(*) AS items, sum(outcome = 'done') AS done,
           sum(outcome = 'degraded') AS degraded,
           sum(outcome IN ('failed', 'quarantined')) AS failed
    FROM items WHERE outcome <> 'skipped' GROUP BY day ORDER BY day;
