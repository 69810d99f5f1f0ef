// Package validate checks streams of transaction sets against their guides and the rules around them.
package validate
