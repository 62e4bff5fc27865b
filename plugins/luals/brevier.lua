---@meta
-- Types of Brevier's modules for lua-language-server.

---The section to render, and its subsections.
---@class brevier.Section
---@field blocks brevier.Element[] # What stands between the heading and the first subsection: tables of your own, to pass on or to change.
---@field class string # The slug of the heading: `key-details`.
---@field facts brevier.Fact[]|table<string, brevier.Fact> # The bullets `- Key: value`, each with key, slug, value (a string), label (the key and its colon as typed), content (the value's elements), rest (what else is in the bullet), item (the li in blocks); also by slug: `section.facts["date"]`.
---@field heading brevier.Element|false # The heading, with its id; false where there is none.
---@field id string # Unique in the document.
---@field level integer # 1 for the title, 2 for ##, and so on.
---@field next brevier.Section|false # The section after it, below the same parent.
---@field parent brevier.Section|false # The section that it is a part of.
---@field path string # `business-impact/for-customers`.
---@field previous brevier.Section|false # The section before it.
---@field source { file: string, line: integer } # The file, without its folders, and the line where the section begins.
---@field subsections brevier.Section[] # The ### parts, in order.
---@field title string # The heading's plain text.

---The analysis that the section belongs to: `context.document`.
---@class brevier.Document
---@field authors string[] # From the metadata; may be empty.
---@field date string # As written; may be empty.
---@field id string # The analysis's own number or name; may be empty.
---@field kind string # `industry-news`; `analysis` when nothing says.
---@field kind_title string # As written: `Industry News`.
---@field lang string # The language tag.
---@field meta table<string, string|string[]> # All metadata by key: strings, or lists of strings.
---@field sections brevier.Section[] # All top sections in order: excerpt, title and those of the headings.
---@field sources string[] # From the metadata; may be empty.
---@field summary_label string # The line `Analysis Summary` as written; may be empty.
---@field tags string[] # From the metadata; may be empty.
---@field title string # Without the kind.
---@field tlp string # `AMBER+STRICT`; may be empty.

---The last argument of `render`, `match`, `transform`, `cover` and `appendix`.
---@class brevier.Context
---@field clock (fun(): table<string, integer>)? # `clock()`: the time in UTC as `{ year, month, day, hour, minute, second }`, where the operator granted `clock`; else nil.
---@field document brevier.Document # The analysis.
---@field log brevier.Log # `log.warn(text [, about])`, `log.note(…)`, `log.info(…)`: diagnostics at the place of an element, a fact or a section; at this section's when nothing else is named.
---@field options table<string, any> # The plugin's options by name: as the command line, front matter or the stylesheet set them, else their defaults.
---@field output string # `pdf`, `docx` or `text`.
---@field read (fun(path: string): string)? # `read(path)`: the text of a file beneath the folder for which the operator granted `read`; else nil.
---@field render fun(section: brevier.Section): brevier.Element # `render(section)`: the default rendering of a section, for subsections mostly.
---@field render_default fun(section: brevier.Section): brevier.Element # The same under the name that says what it does.
---@field style (fun(element: brevier.Element): brevier.Look)|(fun(name: string): string?) # `style(element)`: how an element would look here, as `{ color, background, size, weight, italic }`; colours as `"#0b5d5a"`. `style("--accent")`: the value of a variable of the stylesheet, nil where it is not set.
---@field text_width integer # Columns of the text output.

---@class brevier.Fact
---@field key string
---@field slug string
---@field value string
---@field label any[]
---@field content any[]
---@field rest any[]
---@field item brevier.Element

---@class brevier.Log
---@field warn fun(text: string, about?: any)
---@field note fun(text: string, about?: any)
---@field info fun(text: string, about?: any)

---@class brevier.Look
---@field color string
---@field background string
---@field size number
---@field weight integer
---@field italic boolean

---@class brevier.Drawing
---@field width number
---@field height number
---@field alt string
---@field text? string
---@field class? string
---@field id? string
---@field draw fun(g: brevier.Canvas)

---@class brevier.Style
---@field fill? string|table
---@field stroke? string
---@field width? number
---@field dash? number[]
---@field dash_offset? number
---@field cap? string
---@field join? string
---@field miter_limit? number
---@field rule? string
---@field opacity? number
---@field size? number
---@field weight? integer
---@field italic? boolean
---@field anchor? string
---@field rotate? number

---@class brevier.Group
---@field translate? number[]
---@field rotate? number|number[]
---@field scale? number|number[]
---@field clip? (string|number)[]

---@class brevier.Date
---@field year integer
---@field month integer
---@field day integer
---@field hour? integer
---@field minute? integer

---@class brevier.Data
---@field columns string[]
---@field rows any[][]
---@field caption? string

---@class brevier.Citations
local Citations = {}

---@class brevier.ChartOptions
---@field title? string
---@field alt? string
---@field unit? string
---@field decimals? integer
---@field width? number
---@field height? number
---@field context? brevier.Context
---@field labels? string[]
---@field values? number[]
---@field series? table[]
---@field data? brevier.Data
---@field stacked? boolean
---@field horizontal? boolean
---@field zero? boolean

---@class brevier.GaugeOptions: brevier.ChartOptions
---@field value number
---@field min? number
---@field max? number
---@field zones? table[]

---@class brevier.TimelineOptions: brevier.ChartOptions
---@field events string[][]
---@field sorted? boolean

---@class brevier.MatrixOptions: brevier.ChartOptions
---@field items table[]
---@field steps? integer
---@field x? string
---@field y? string

---@class brevier.FlowOptions: brevier.ChartOptions
---@field edges? string[][]
---@field steps? string[]
---@field nodes? string[][]

---@class brevier.Element
---@field tag string
---@field id? string|number
---@field class? string|number
---@field kind? string|number
---@field lang? string|number
---@field title? string|number
---@field alt? string|number
---@field href? string|number
---@field src? string|number
---@field colspan? string|number
---@field rowspan? string|number
---@field start? string|number
---@field [integer] any
---@field [string] any

---@class brevier.elements
---@field article fun(...: any): brevier.Element
---@field header fun(...: any): brevier.Element
---@field section fun(...: any): brevier.Element
---@field div fun(...: any): brevier.Element
---@field aside fun(...: any): brevier.Element
---@field nav fun(...: any): brevier.Element
---@field h1 fun(...: any): brevier.Element
---@field h2 fun(...: any): brevier.Element
---@field h3 fun(...: any): brevier.Element
---@field h4 fun(...: any): brevier.Element
---@field h5 fun(...: any): brevier.Element
---@field h6 fun(...: any): brevier.Element
---@field p fun(...: any): brevier.Element
---@field ul fun(...: any): brevier.Element
---@field ol fun(...: any): brevier.Element
---@field li fun(...: any): brevier.Element
---@field dl fun(...: any): brevier.Element
---@field dt fun(...: any): brevier.Element
---@field dd fun(...: any): brevier.Element
---@field table fun(...: any): brevier.Element
---@field caption fun(...: any): brevier.Element
---@field thead fun(...: any): brevier.Element
---@field tbody fun(...: any): brevier.Element
---@field tr fun(...: any): brevier.Element
---@field th fun(...: any): brevier.Element
---@field td fun(...: any): brevier.Element
---@field blockquote fun(...: any): brevier.Element
---@field pre fun(...: any): brevier.Element
---@field figure fun(...: any): brevier.Element
---@field figcaption fun(...: any): brevier.Element
---@field drawing fun(drawing: brevier.Drawing): brevier.Element
---@field hr fun(...: any): brevier.Element
---@field span fun(...: any): brevier.Element
---@field strong fun(...: any): brevier.Element
---@field em fun(...: any): brevier.Element
---@field del fun(...: any): brevier.Element
---@field code fun(...: any): brevier.Element
---@field a fun(...: any): brevier.Element
---@field sup fun(...: any): brevier.Element
---@field sub fun(...: any): brevier.Element
---@field mark fun(...: any): brevier.Element
---@field br fun(...: any): brevier.Element
---@field img fun(...: any): brevier.Element
---@field footnote fun(...: any): brevier.Element

---@class brevier.Canvas
local Canvas = {}

---A part of a circle, as a line.
---@param x number
---@param y number
---@param radius number
---@param from number
---@param to number
---@param style? brevier.Style
function Canvas:arc(x, y, radius, from, to, style) end

---A circle around a point.
---@param x number
---@param y number
---@param radius number
---@param style? brevier.Style
function Canvas:circle(x, y, radius, style) end

---An ellipse.
---@param x number
---@param y number
---@param rx number
---@param ry number
---@param style? brevier.Style
function Canvas:ellipse(x, y, rx, ry, style) end

---Calls f with a canvas that is moved by `{ x, y }`, turned by degrees or `{ degrees, x, y }`, scaled by a number or `{ x, y }` and clipped to `{ x, y, width, height }` or a path.
---@param group brevier.Group
---@param f fun(g: brevier.Canvas)
function Canvas:group(group, f) end

---A straight line.
---@param x1 number
---@param y1 number
---@param x2 number
---@param y2 number
---@param style? brevier.Style
function Canvas:line(x1, y1, x2, y2, style) end

---Any shape: `{ "M", x, y, "L", x, y, "C", x1, y1, x2, y2, x, y, "Q", x1, y1, x, y, "A", x, y, radius, from, to, "Z" }`.
---@param commands (string|number)[]
---@param style? brevier.Style
function Canvas:path(commands, style) end

---Straight lines, closed.
---@param points number[]
---@param style? brevier.Style
function Canvas:polygon(points, style) end

---Straight lines, open.
---@param points number[]
---@param style? brevier.Style
function Canvas:polyline(points, style) end

---A rectangle.
---@param x number
---@param y number
---@param width number
---@param height number
---@param style? brevier.Style
function Canvas:rect(x, y, width, height, style) end

---One with round corners.
---@param x number
---@param y number
---@param width number
---@param height number
---@param radius number
---@param style? brevier.Style
function Canvas:rounded(x, y, width, height, radius, style) end

---A slice of a ring, of a pie when inner is 0.
---@param x number
---@param y number
---@param outer number
---@param inner number
---@param from number
---@param to number
---@param style? brevier.Style
function Canvas:sector(x, y, outer, inner, from, to, style) end

---Text from a point on its baseline; a line feed begins the next line.
---@param x number
---@param y number
---@param text string
---@param style? brevier.Style
function Canvas:text(x, y, text, style) end

do
---@type brevier.elements
local M
package.preload["brevier.element"] = function() return M end

end
do
---@class brevier.text
local M = {}

---The text of an element or list without its elements.
---@param element any
---@return string
function M.plain(element) end

---Lower-case words joined by `-`, as classes and ids are made.
---@param text string
---@return string
function M.slug(text) end

---The trimmed parts between plain separators.
---@param text string
---@param separator string
---@return string[]
function M.split(text, separator) end

---Without white space at both ends.
---@param text string
---@return string
function M.trim(text) end

---About how wide a text in a drawing will be, in points: a plugin does not see the fonts.
---@param text string
---@param size? number
---@return number
function M.width(text, size) end

--- The number of characters.
---@param text string
---@return integer
function M.length(text) end

--- At most `count` characters, cut at the end of a word, with `…` where something was left out.
---@param text string
---@param count integer
---@return string
function M.truncate(text, count) end

--- The sentences of a text. A full stop after an initial or a common abbreviation ends none.
---@param text string
---@return string[]
function M.sentences(text) end

--- The lines of a text, without their line feeds.
---@param text string
---@return string[]
function M.lines(text) end

--- The first letter in upper case, if it is an ASCII letter.
---@param text string
---@return string
function M.capitalized(text) end

--- The text with spaces up to `width` characters; `align` is "left", "right" or "center".
---@param text string
---@param width integer
---@param align? string
---@return string
function M.padded(text, width, align) end

--- Addresses that nobody can click by mistake: `hxxps://bad[.]example`, `a[@]bad[.]example`.
---@param text string
---@return string
function M.defanged(text) end

--- The opposite of `defanged`: the address as it is.
---@param text string
---@return string
function M.refanged(text) end

package.preload["brevier.text"] = function() return M end

end
do
---@class brevier
local M = {}

---Warns, at the line of the plugin, of each key that is none of the names, as in `check_options(options, "my.table", "class columns")`.
---@param options table?
---@param what string
---@param names string
function M.check_options(options, what, names) end

---Markdown as a list of elements: inline ones for a single paragraph, else blocks.
---@param text string
---@return any[]
function M.markdown(text) end

package.preload["brevier"] = function() return M end

end
do
---@class brevier.chart
local M = {}

--- Bars. `stacked = true` puts the series on top of each other, `horizontal` lays the bars; they
--- lie by themselves when their labels need it.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.bar(options) end

--- Lines over labels in their order, each named at its end. `zero = true` begins the axis at 0.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.line(options) end

--- Areas, stacked when there are several series.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.area(options) end

--- A ring of shares, with values and percentages beside it.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.donut(options) end

--- One value on a half ring between `min` and `max` (0 and 100). `zones` colour it:
--- `{ { 0, "#009e73" }, { 70, "#d55e00" } }`.
---@param options brevier.GaugeOptions
---@return brevier.Element
function M.gauge(options) end

--- A small line without axes, for a cell or a line of figures.
---@param options brevier.ChartOptions
---@return brevier.Element
function M.sparkline(options) end

--- Events below each other: `events = { { "2025-03-04", "What happened" }, … }`. With
--- `sorted = true` they are put in the order of their dates.
---@param options brevier.TimelineOptions
---@return brevier.Element
function M.timeline(options) end

--- Risks on a grid: `items = { { "Name", likelihood, impact }, … }`, both from 1 to `steps` (5).
---@param options brevier.MatrixOptions
---@return brevier.Element
function M.matrix(options) end

--- Boxes and arrows: `edges = { { "Phishing", "Foothold", "label" }, … }`; or `steps`, a list of
--- texts in a row. `nodes = { { id, label }, … }` gives boxes a longer text, and an order.
---@param options brevier.FlowOptions
---@return brevier.Element
function M.flow(options) end

--- What a fenced `chart` block says: its kind and the options for that function. The first line is
--- `bar: Title`; further ones are options (`unit: %`, `stacked: true`, `series: A, B`) or data
--- (`North: 12, 7`; in a timeline `2025-03-04: text`; in a matrix `Name: likelihood, impact`; in a
--- flow `A -> B: label`). Nil and a message when it says nothing that can be drawn.
---@param source string
---@return string? kind
---@return table|string options
function M.parse(source) end

--- The chart of a fenced `chart` block. What cannot be drawn is nil, with a message for the log.
---@param source string
---@param context? brevier.Context
---@return brevier.Element? figure
---@return string? message
function M.read(source, context) end

--- The figure of this kind; the kind is the name of one of the functions above.
---@param kind string
---@param options table
---@return brevier.Element
function M.make(kind, options) end

package.preload["brevier.chart"] = function() return M end

end
do
---@class brevier.cvss
local M = {}

--- The base metrics of the first vector in a text, by their letters; nil when there is none, or one
--- of the eight is missing.
---@param text string
---@return table<string, string>? metrics
---@return string? vector
function M.parse(text) end

--- The base score of metrics, 0.0 to 10.0.
---@param metrics table<string, string>
---@return number
function M.score(metrics) end

--- The word for a score: none, low, medium, high or critical.
---@param score number
---@return string
function M.severity(score) end

--- The metrics in words: "attack vector network, attack complexity low, …".
---@param metrics table<string, string>
---@return string
function M.words(metrics) end

package.preload["brevier.cvss"] = function() return M end

end
do
---@class brevier.date
local M = {}

--- The date in a text, or nil: `2025-03-04`, with a time after it perhaps, `4 March 2025`,
--- `March 4, 2025`, `04.03.2025`. What could be read in two ways (`3/4/2025`) is no date.
---@param text string
---@return brevier.Date?
function M.parse(text) end

--- The date as text. In the pattern `%d` is the day, `%D` with a zero, `%m` and `%b` and `%B` the
--- month as two digits, short and in full, `%Y` the year, `%H` and `%M` the time, `%A` the weekday
--- in English.
---@param date brevier.Date|string
---@param pattern? string "%d %B %Y" by default
---@param lang? string
---@return string
function M.format(date, pattern, lang) end

--- `2025-03-04`.
---@param date brevier.Date|string
---@return string
function M.iso(date) end

--- Whole days from one date to another, negative when the second is earlier.
---@param from brevier.Date|string
---@param to brevier.Date|string
---@return integer
function M.days(from, to) end

--- The date so many days later.
---@param date brevier.Date|string
---@param days integer
---@return brevier.Date
function M.add(date, days) end

--- The weekday in English, and its number: 1 is Monday.
---@param date brevier.Date|string
---@return string, integer
function M.weekday(date) end

--- Whether the first date is before the second, the time of day included.
---@param a brevier.Date|string
---@param b brevier.Date|string
---@return boolean
function M.before(a, b) end

package.preload["brevier.date"] = function() return M end

end
do
---@class brevier.facts
local M = {}

--- The section's blocks with each run of facts replaced by what f makes of it: an element, a list
--- of them, or nil to leave the bullets as they are.
---@param section brevier.Section
---@param f fun(facts: brevier.Fact[]): any
---@return any[]
function M.replaced(section, f) end

--- The default renderings of the section's parts, to stand after its blocks.
---@param section brevier.Section
---@param context brevier.Context
---@return brevier.Element[]
function M.parts(section, context) end

--- A table of facts: the key as a heading of its row, then the cells that f makes of a fact.
--- Without f there is one cell, the fact's content. Options: `class` (`facts`) and `columns`, a
--- list of headings for the table.
---@param facts brevier.Fact[]
---@param options? { class?: string, columns?: string[] }
---@param f? fun(fact: brevier.Fact): any[]
---@return brevier.Element
function M.table(facts, options, f) end

--- Marks bullets that begin with a strong label: the list gets the class `points`, the label
--- `label`. Returns the blocks.
---@param blocks any[]
---@return any[]
function M.labelled(blocks) end

package.preload["brevier.facts"] = function() return M end

end
do
---@class brevier.list
local M = {}

--- What f makes of each item; nil leaves it out.
---@generic T, U
---@param list T[]
---@param f fun(item: T, index: integer): U?
---@return U[]
function M.map(list, f) end

--- The items for which f is true.
---@generic T
---@param list T[]
---@param f fun(item: T, index: integer): any
---@return T[]
function M.filter(list, f) end

--- The first item for which f is true, and its index; nil when there is none.
---@generic T
---@param list T[]
---@param f fun(item: T, index: integer): any
---@return T?, integer?
function M.find(list, f) end

--- Whether the value is in the list.
---@param list any[]
---@param value any
---@return boolean
function M.contains(list, value) end

--- The items in the order of a key; equal ones keep their order, those without a key come last.
---@generic T
---@param list T[]
---@param key? string|fun(item: T): any
---@param descending? boolean
---@return T[]
function M.sorted(list, key, descending) end

--- Groups by a key, in the order in which the keys appear: `{ key = …, items = { … } }`.
---@generic T
---@param list T[]
---@param key string|fun(item: T): any
---@return { key: any, items: T[] }[]
function M.grouped(list, key) end

--- Each value once, in the order of the first.
---@generic T
---@param list T[]
---@param key? string|fun(item: T): any
---@return T[]
function M.unique(list, key) end

--- The sum of the items, or of a key of them.
---@param list any[]
---@param key? string|fun(item: any): number?
---@return number
function M.sum(list, key) end

--- The item with the greatest key, or nil.
---@generic T
---@param list T[]
---@param key? string|fun(item: T): any
---@return T?
function M.greatest(list, key) end

--- The items of lists in one list.
---@param ... any[]
---@return any[]
function M.joined(...) end

--- Lists of `size` items each; the last may be shorter.
---@generic T
---@param list T[]
---@param size integer
---@return T[][]
function M.chunks(list, size) end

--- The items as children of an element, parted: `a, b and c`. Items may be elements.
---@param list any[]
---@param separator? string ", " by default
---@param last? string before the last item, " and " by default
---@return any[]
function M.enumerated(list, separator, last) end

package.preload["brevier.list"] = function() return M end

end
do
---@class brevier.number
local M = {}

--- The number rounded half away from zero.
---@param value number
---@param decimals? integer 0 by default
---@return number
function M.round(value, decimals) end

--- The number with its thousands grouped: `1,234.5`. Options: `decimals` (as many as given, else as
--- many as needed up to 6), `group` and `point`, the separators.
---@param value number
---@param options? { decimals?: integer, group?: string, point?: string }
---@return string
function M.format(value, options) end

--- The number with three digits at most and a letter for the rest: `1.25 m`, `310 k`.
---@param value number
---@return string
function M.compact(value) end

--- A share as a percentage: 0.125 is `12.5 %`.
---@param share number
---@param decimals? integer 0 by default
---@return string
function M.percent(share, decimals) end

--- A size in bytes: `1.5 MiB`.
---@param value number
---@return string
function M.bytes(value) end

--- `1st`, `2nd`, `3rd`, `11th`.
---@param value integer
---@return string
function M.ordinal(value) end

--- The first number in a text, with its scale, and what follows: `$3.2 million` is 3200000 and ``,
--- `45 %` is 45 and `%`. Nil when there is none.
---@param text string
---@return number?, string?
function M.parse(text) end

--- Round values that divide a range for an axis, about `count` of them: 0, 20, 40, 60. The first is
--- not above `low`, the last not below `high`. What is less than 1e-9 apart is one value.
---@param low number
---@param high number
---@param count? integer 5 by default
---@return number[]
function M.ticks(low, high, count) end

package.preload["brevier.number"] = function() return M end

end
do
---@class brevier.reference
local M = {}

--- A link to a section, named by its id or the slug of its heading, with its title as text. A
--- section that is not there is left as plain text, with a warning.
---@param context brevier.Context
---@param name string
---@param text? any what to show instead of the title
---@return any
function M.section(context, name, text) end

--- A footnote, called at this place. Paragraphs and texts make the note.
---@param ... any
---@return brevier.Element
function M.note(...) end

--- A register of sources: they are numbered in the order of their first use.
---@param prefix? string of the ids, "source" by default
---@return brevier.Citations
function M.citations(prefix) end

--- `[1]`, linked to the entry of the list. The key tells sources apart; `content` is what the list
--- shows, the key itself by default.
---@param key string
---@param content? any
---@return brevier.Element
function Citations:cite(key, content) end

--- The list of all that was cited, in order; nil when nothing was.
---@return brevier.Element?
function Citations:list() end

package.preload["brevier.reference"] = function() return M end

end
do
---@class brevier.table
local M = {}

--- The texts of a table element, without the emphasis and links in its cells.
---@param element brevier.Element
---@return brevier.Data
function M.read(element) end

--- The first table in a list of elements, or nil.
---@param blocks any[]
---@return brevier.Data?
---@return integer? index of the element in the list
function M.first(blocks) end

--- The facts of a section as a table of two columns, `Key` and `Value`.
---@param facts brevier.Fact[]
---@return brevier.Data
function M.from_facts(facts) end

--- Whether the table has a column of this name.
---@param data brevier.Data
---@param column string
---@return integer? index
function M.has(data, column) end

--- The cells of a column, which is named or numbered.
---@param data brevier.Data
---@param column string|integer
---@return any[]
function M.column(data, column) end

--- The same table with its rows in the order of a column; `key` makes what is compared of a cell.
---@param data brevier.Data
---@param column string|integer
---@param descending? boolean
---@param key? fun(cell: any): any
---@return brevier.Data
function M.sorted(data, column, descending, key) end

--- A table across two columns: a row for each value of the first, a column for each of the second.
--- `combine` makes a cell of the values that meet there; their number by default. Where none meet,
--- the cell is empty.
---@param data brevier.Data
---@param row string|integer
---@param column string|integer
---@param value? string|integer
---@param combine? fun(values: any[]): any
---@return brevier.Data
function M.pivot(data, row, column, value, combine) end

--- A table element. Options: `class`, `caption`, `align` (a list of left, center, right by column),
--- `row_head` (the first cell of each row is its heading). A row may have more cells than there are
--- columns: these stand under no heading.
---@param data brevier.Data
---@param options? { class?: string, caption?: any, align?: string[], row_head?: boolean }
---@return brevier.Element
function M.element(data, options) end

package.preload["brevier.table"] = function() return M end

end
