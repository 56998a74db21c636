package extract

import (
	"errors"

	"loadstar/schemas"
)

func openParquet(c schemas.Contract, l Landed) (Source, error) { return nil, errors.New("not built") }
