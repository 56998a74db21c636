package extract

import (
	"errors"

	"loadstar/schemas"
)

func openExcel(c schemas.Contract, l Landed) (Source, error) { return nil, errors.New("not built") }
