package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/internal/problem"
)

// oneArgument asks for exactly one argument, and names it when it is missing.
func oneArgument(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return problem.New(fmt.Sprintf("%s is missing. Write: %s", what, usageLine(cmd)), nil)
		case len(args) > 1:
			return problem.New(fmt.Sprintf("%q is one too many: only one can be given. Names with spaces stand in quotation marks.", args[1]), nil)
		}
		return nil
	}
}

// noArguments is for commands that take flags only.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasSubCommands() {
		return problem.New(fmt.Sprintf("There is no command %q. See %s --help.", args[0], cmd.CommandPath()), nil)
	}
	return problem.New(fmt.Sprintf("%q cannot be used here. See %s --help.", args[0], cmd.CommandPath()), nil)
}

// required refuses a flag that was not given, before anything is opened.
func required(flag, what string, run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if f := cmd.Flags().Lookup(flag); f == nil || f.Value.String() == "" {
			return problem.New(fmt.Sprintf("%s is missing. Write: %s", what, usageLine(cmd)), nil)
		}
		return run(cmd, args)
	}
}

func usageLine(cmd *cobra.Command) string {
	path := cmd.CommandPath()
	if cmd.HasParent() {
		path = cmd.Parent().CommandPath()
	}
	return path + " " + cmd.Use
}

// flagSentence says what is wrong with a flag, without the words of the
// language that the tool is written in.
func flagSentence(cmd *cobra.Command, err error) error {
	see := " See " + cmd.CommandPath() + " --help."
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var value *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			name = "-" + short
		}
		return problem.New("There is no switch "+name+" here."+see, err)
	case errors.As(err, &empty):
		return problem.New("A value is missing behind --"+empty.GetFlag().Name+"."+see, err)
	case errors.As(err, &value):
		return problem.New(valueSentence(value)+see, err)
	case errors.As(err, &syntax):
		return problem.New("The switch "+syntax.GetSpecifiedFlag()+" is not written as it should be."+see, err)
	}
	return err
}

func valueSentence(e *pflag.InvalidValueError) string {
	f := e.GetFlag()
	what := ""
	switch f.Value.Type() {
	case "int", "number":
		what = "a whole number"
	case "float64", "share":
		what = "a number"
	case "bool":
		what = "true or false"
	case "duration":
		what = "a time such as 80ms or 2s"
	default:
		if cause := e.Unwrap(); cause != nil {
			return "--" + f.Name + strings.TrimPrefix(cause.Error(), f.Name) + "."
		}
		return fmt.Sprintf("--%s cannot be %q.", f.Name, e.GetValue())
	}
	return fmt.Sprintf("--%s takes %s, not %q.", f.Name, what, e.GetValue())
}
