package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"loadstar/cmd/internal/pipeline"
	"loadstar/schemas/fault"
)

const feedsDir = "../../../testdata/feeds"

// validProject copies a folder of testdata/feeds; its workbook is left out.
func validProject(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(feedsDir, name))); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "loadstar.yaml")
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for line := range strings.Lines(string(text)) {
		if !strings.Contains(line, "leads.yaml") {
			kept = append(kept, line)
		}
	}
	if err := os.WriteFile(config, []byte(strings.Join(kept, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func say(args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	code = Run(args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

func TestValidateCommand(t *testing.T) {
	valid, bad := validProject(t, "valid"), validProject(t, "bad_rows")
	baseline := filepath.Join(t.TempDir(), "known.json")
	for _, test := range []struct {
		want int
		says string
		args []string
	}{
		{0, "3 deliveries of 2 feeds, 0 errors", []string{"validate", "-C", valid}},
		{3, "LS4009 feed contacts", []string{"validate", "-C", bad}},
		{3, "violation", []string{"validate", "-C", bad, "--format", "junit"}},
		{2, "LS1002 ", []string{"validate", "-C", filepath.Join(feedsDir, "bad_config")}},
		{2, "did you mean sarif?", []string{"validate", "-C", valid, "--format", "sarf"}},
		{2, "did you mean contacts?", []string{"validate", "-C", valid, "--feed", "contact"}},
		{2, "--write-baseline needs --baseline", []string{"validate", "-C", valid, "--write-baseline"}},
		{2, "there is no baseline", []string{"validate", "-C", valid, "--baseline", baseline}},
		{2, "loadstar.yaml: it is no baseline", []string{"validate", "-C", valid, "--baseline", filepath.Join(valid, "loadstar.yaml")}},
		{2, "--workers -1", []string{"validate", "-C", valid, "--workers", "-1"}},
		{0, "known from now on", []string{"validate", "-C", bad, "--baseline", baseline, "--write-baseline"}},
		{0, "The baseline knows", []string{"validate", "-C", bad, "--baseline", baseline}},
		{2, "delivery of no feed", []string{"validate", "-C", valid, baseline}},
	} {
		code, out, errOut := say(test.args...)
		if code != test.want || !strings.Contains(out+errOut, test.says) {
			t.Errorf("loadstar %s: exit code %d, want %d and %q:\n%s%s", strings.Join(test.args, " "), code, test.want, test.says, out, errOut)
		}
	}
}

// TestRunTellsCodes: a run refuses a configuration with the codes of validate.
func TestRunTellsCodes(t *testing.T) {
	code, _, errOut := say("run", "-C", filepath.Join(feedsDir, "bad_contract"))
	if code != exitUsage || strings.Count(errOut, "loadstar: LS2") != 7 || !strings.Contains(errOut, "contacts.yaml:12:64: ") {
		t.Errorf("exit code %d:\n%s", code, errOut)
	}
}

// TestGatesTellCodes: each gate that stops a run bears its code.
func TestGatesTellCodes(t *testing.T) {
	gates := errors.Join(errors.Join(
		&pipeline.GateError{Code: fault.FeedErrorShare, Feed: "a", Reason: "bad"},
		&pipeline.GateError{Code: fault.FeedEmpty, Feed: "b", Reason: "empty"}), nil)
	want := []string{"LS5005 feed a ", "LS5003 feed b "}
	for _, line := range want {
		if text := describe(fmt.Errorf("run: %w", gates)); !strings.Contains(text, line) {
			t.Errorf("%s\nlacks %s", text, line)
		}
	}
	if text := describe(errors.New("plain")); text != "plain" {
		t.Errorf("an error without code is %q", text)
	}
}

func TestContractDiffCommand(t *testing.T) {
	old := filepath.Join(feedsDir, "valid", "contracts", "contacts.yaml")
	text, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	change := func(name, from, to string) string {
		path := filepath.Join(dir, name)
		changed := strings.Replace(string(text), from, to, 1)
		if changed == string(text) {
			t.Fatal("the test changes nothing")
		}
		if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	breaking := change("breaking.yaml", "classification: pii, unique: true", "classification: pii, required: true")
	compatible := change("compatible.yaml", "validValues: [A, B]", "validValues: [A, B, C]")
	broken := change("broken.yaml", "logicalType: date", "logicalType: dat")
	for _, test := range []struct {
		want int
		says string
		args []string
	}{
		{0, "Nothing that matters differs.", []string{old, old}},
		{0, "compatible", []string{old, compatible}},
		{3, "a value is demanded now", []string{old, breaking}},
		{3, `"breaking": true`, []string{"--format", "json", old, breaking}},
		{2, "LS2003 ", []string{old, broken}},
		{2, "no such file", []string{old, filepath.Join(dir, "none.yaml")}},
		{2, "did you mean json", []string{"--format", "jsn", old, old}},
		{2, "accepts 2 arg", []string{old}},
	} {
		code, out, errOut := say(append([]string{"contract", "diff"}, test.args...)...)
		if code != test.want || !strings.Contains(out+errOut, test.says) {
			t.Errorf("contract diff %v: exit code %d, want %d and %q:\n%s%s", test.args, code, test.want, test.says, out, errOut)
		}
	}
	_, out, _ := say("contract", "diff", "--format", "json", old, old)
	var empty struct{ Changes []any }
	if err := json.Unmarshal([]byte(out), &empty); err != nil || empty.Changes == nil {
		t.Errorf("no change is no empty list: %v %s", err, out)
	}
}

const ciDir = "../../../docs/ci"

// scripts are the shell lines of the CI examples.
func scripts(t *testing.T) map[string][]string {
	t.Helper()
	read := func(name string, into any) {
		text, err := os.ReadFile(filepath.Join(ciDir, name))
		if err == nil {
			err = yaml.Unmarshal(text, into)
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	found := map[string][]string{}
	var actions struct {
		Jobs map[string]struct{ Steps []struct{ Run string } }
	}
	read("github-actions.yml", &actions)
	for _, job := range actions.Jobs {
		for _, step := range job.Steps {
			if step.Run != "" {
				found["github"] = append(found["github"], step.Run)
			}
		}
	}
	var gitlab map[string]struct{ Script []string }
	read("gitlab-ci.yml", &gitlab)
	for _, job := range gitlab {
		found["gitlab"] = append(found["gitlab"], job.Script...)
	}
	var hooks struct {
		Repos []struct {
			Hooks []struct{ Entry string }
		}
	}
	read("pre-commit-config.yaml", &hooks)
	for _, repo := range hooks.Repos {
		for _, hook := range repo.Hooks {
			found["pre-commit"] = append(found["pre-commit"], hook.Entry+" loadstar.yaml contracts/contacts.yaml drops/orders_2026-03-31.jsonl")
		}
	}
	return found
}

// asLoadstar makes the test binary behave as the program.
const asLoadstar = "LOADSTAR_CLI_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asLoadstar) != "" {
		os.Exit(Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// TestCIExamples runs the shell lines of docs/ci in a project under git, as it
// is and with a bad delivery and a breaking change.
func TestCIExamples(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not here")
	}
	dir := validProject(t, "valid")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(program, filepath.Join(bin, "loadstar")); err != nil {
		t.Fatal(err)
	}
	shell := func(script string) (string, error) {
		cmd := exec.Command("sh", "-e", "-c", script)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), asLoadstar+"=1", "PATH="+bin+":"+os.Getenv("PATH"), "BASE=HEAD", "GIT_CONFIG_GLOBAL=/dev/null",
			"GIT_AUTHOR_NAME=t", "GIT_AUTHOR_EMAIL=t@example.org", "GIT_COMMITTER_NAME=t", "GIT_COMMITTER_EMAIL=t@example.org")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	setup := "git init -q . && git add -A && git commit -q -m start && loadstar validate --baseline known.json --write-baseline"
	if out, err := shell(setup); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	all := scripts(t)
	if len(all["github"]) != 3 || len(all["gitlab"]) != 2 || len(all["pre-commit"]) != 1 {
		t.Fatalf("scripts %v", all)
	}
	each := func(wantsError bool) {
		for kind, lines := range all {
			for _, line := range lines {
				if out, err := shell(line); (err != nil) != wantsError {
					t.Errorf("%s: %s: %v\n%s", kind, line, err, out)
				}
			}
		}
	}
	each(false)
	spoil := `sed -i 's/"total": 7,/"total": "seven",/' drops/orders_2026-03-31.jsonl && sed -i 's/validValues: \[A, B\]/validValues: [A]/' contracts/contacts.yaml`
	if out, err := shell(spoil); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	each(true)
}

// TestOwnFilesAreValidated: what a project adds is looked at before anything
// is built, and run says the same as validate.
func TestOwnFilesAreValidated(t *testing.T) {
	t.Parallel()
	dir := validProject(t, "valid")
	for file, text := range map[string]string{
		"marts/two.sql":    "-- Question: how many?\nselect 1 as n;\nselect 2 as n\n",
		"checks/plain.sql": "-- Question: is there one?\nselect 1 as n\n",
		"care.yaml": `funnel: care
counts: pursuit
steps: [{step: open, name: Open}]
stages:
  - {stage: new, name: New, rank: 1, step: opened}
`,
	} {
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	config := filepath.Join(dir, "loadstar.yaml")
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, "marts: marts\nchecks: checks\nfunnels: [care.yaml, absent.yaml]\n"...)
	if err := os.WriteFile(config, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"validate", "run"} {
		code, out, errOut := say(command, "-C", dir)
		out += errOut
		if code != exitUsage {
			t.Errorf("%s: exit code %d\n%s", command, code, out)
		}
		for _, want := range []string{"LS1011", "two.sql:2", "give one statement", "plain.sql:1", "severity", "LS1010", "care.yaml:5:44", "did you mean open?", "absent.yaml"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s lacks %q:\n%s", command, want, out)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "warehouse", "current")); err == nil {
		t.Error("a version was built")
	}
}
