package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestDealsInRussian: an export of deals in Russian is read as such, its stages
// and the sign of the currency in a header too.
func TestDealsInRussian(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("ID,Название сделки,\"Бюджет, ₽\",Ответственный,Дата создания,Дата закрытия,Этап сделки,Основной контакт,Рабочий email (контакт)\n")
	for i := range 48 {
		closed := "не закрыта"
		if i%4 > 1 {
			closed = dayOf(i+5, "02.01.2006") + " 12:00:00"
		}
		fmt.Fprintf(&b, "%d,Сделка %d,%d,Кирилл Громов,%s 09:30:00,%s,%s,%s,client%d@example.org\n", 900100+7*i, i, 5000+i, dayOf(i, "02.01.2006"), closed,
			[]string{"Первичный контакт", "Переговоры", "Успешно реализовано", "Закрыто и не реализовано"}[i%4],
			[]string{"Иван", "Мария", "Ольга", "Сергей", "Павел"}[i%5]+" "+[]string{"Соколов", "Попов", "Козлов", "Волков", "Орлов", "Егоров", "Зайцев"}[i%7], i)
	}
	dir, r, err := drops(t, map[string]string{"сделки.csv": b.String()})
	if err != nil {
		t.Fatal(err)
	}
	if got := entities(r); !strings.HasPrefix(got, "opportunities: opportunity customer") {
		t.Errorf("entities %q", got)
	}
	contract := text(t, dir, "contracts/opportunities.yaml")
	wants(t, contract, map[string]string{"ID": "opportunity_id", `"Название сделки"`: "name", `"Бюджет, ₽"`: "amount", `"Дата создания"`: "created_at", `"Дата закрытия"`: "closed_at", `"Этап сделки"`: "status"})
	holds(t, contract, []string{`"Закрыто и не реализовано": lost`, `"Переговоры": proposal`, `"Успешно реализовано": won`})
	holds(t, text(t, dir, "loadstar.yaml"), []string{"currency: RUB"})
}
