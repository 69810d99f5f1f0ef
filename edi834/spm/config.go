package spm

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/x12-go/edi/edi834/roster"
)

// FileConfig is what a config file says, for both ways and for checks.
type FileConfig struct {
	Config  Config
	Enroll  EnrollConfig
	Allowed map[string][]string
}

// maxConfig is the largest config file in bytes.
const maxConfig = 1 << 20

// ReadConfig reads a config file: a directive a line, words separated by blanks, those with blanks in double quotes, # before
// a comment. What is wrong is an error that wraps [ErrConfig] and names the line.
//
//	client NAME            ClientName
//	division NAME          ClientDivisionName
//	type INS08 TYPE        billing type of an employment status; the first one drops RT = RETIREE and L1 = LEAVEOFABSENCE
//	plan KEY NAME          PlanName for HD03/HD04, HD03/policy number or HD03; the other way the first key of a name counts
//	level HD05 LEVEL       CoverageLevel
//	allow ENUMERATION VALUE...   values beyond those of the specification
//	frequency coupon payroll grace VALUE   BillingFrequency, PremiumCouponType, EmployeePayrollType, grace period option
//	rates member           write rates of members
//	cobra yes              take those with COBRA too
func ReadConfig(r io.Reader) (*FileConfig, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxConfig+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxConfig {
		return nil, fmt.Errorf("%w: longer than 1 MiB", ErrConfig)
	}
	c := &FileConfig{Config: Config{Plans: map[string]string{}, Levels: map[string]string{}}, Enroll: EnrollConfig{Plans: map[string]roster.PlanCodes{}}, Allowed: map[string][]string{}}
	for i, line := range strings.Split(string(text), "\n") {
		words, err := roster.SplitWords(line)
		if err == nil && len(words) > 0 {
			err = c.directive(words[0], words[1:])
		}
		if err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrConfig, i+1, err)
		}
	}
	return c, nil
}

func (c *FileConfig) directive(name string, args []string) error {
	n := 1
	if name == "type" || name == "plan" || name == "level" || name == "allow" {
		n = 2
	}
	if len(args) < n || len(args) > n && name != "allow" {
		return fmt.Errorf("%s: expected %d words behind it", name, n)
	}
	f := &c.Config
	switch name {
	case "client":
		f.ClientName = args[0]
	case "division":
		f.ClientDivisionName = args[0]
	case "type":
		if f.Types == nil {
			f.Types = map[string]string{}
		}
		f.Types[args[0]] = args[1]
	case "plan":
		f.Plans[args[0]] = args[1]
		if _, ok := c.Enroll.Plans[args[1]]; !ok {
			line, plan, _ := strings.Cut(args[0], "/")
			c.Enroll.Plans[args[1]] = roster.PlanCodes{Line: line, Plan: plan}
		}
	case "level":
		f.Levels[args[0]] = args[1]
	case "allow":
		if enumeration(args[0]) == nil {
			return errors.New("no such enumeration")
		}
		c.Allowed[args[0]] = append(c.Allowed[args[0]], args[1:]...)
	case "frequency":
		f.BillingFrequency = args[0]
	case "coupon":
		f.PremiumCouponType = args[0]
	case "payroll":
		f.EmployeePayrollType = args[0]
	case "grace":
		f.SubsequentGracePeriod = args[0]
	case "rates":
		if args[0] != "member" {
			return errors.New("expected rates member")
		}
		f.MemberRates = true
	case "cobra":
		f.COBRA = args[0] == "yes"
	default:
		return fmt.Errorf("no directive %q", name)
	}
	return nil
}
