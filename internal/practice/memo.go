package practice

// memo holds what was found out since the last change: how many rows a table
// has, and where its pages begin. Without it, reading a directory page by page
// would count and step over everything before, again for each page.
type memo struct {
	count map[string]int
	// before is the seq of the row in front of a page.
	before map[place]int64
}

// place is the beginning of a page: so many rows of a table lie before it.
type place struct {
	table  string
	offset int
}

func (x *tx) countRows(table string, where condition) (int, error) {
	if n, known := x.s.memo.count[table]; known && where.where == "" {
		return n, nil
	}
	var n int
	_, err := x.one("SELECT count(*) FROM "+table+where.sql(), where.args, &n)
	if err == nil && where.where == "" {
		if x.s.memo.count == nil {
			x.s.memo.count = make(map[string]int)
		}
		x.s.memo.count[table] = n
	}
	return n, err
}

func (x *tx) listRows(table string, where condition, offset, limit int) ([]*record, error) {
	if where.where != "" {
		query := "SELECT " + columns + " FROM " + table + where.sql() + " ORDER BY seq LIMIT ? OFFSET ?"
		return x.records(query, append(append([]any{}, where.args...), limit, offset)...)
	}
	after, skip := int64(0), offset
	if seq, known := x.s.memo.before[place{table, offset}]; known {
		after, skip = seq, 0
	}
	list, err := x.records("SELECT "+columns+" FROM "+table+" WHERE seq > ? ORDER BY seq LIMIT ? OFFSET ?", after, limit, skip)
	if err == nil && len(list) > 0 {
		if x.s.memo.before == nil {
			x.s.memo.before = make(map[place]int64)
		}
		x.s.memo.before[place{table, offset + len(list)}] = list[len(list)-1].seq
	}
	return list, err
}
