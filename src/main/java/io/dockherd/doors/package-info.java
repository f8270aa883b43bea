/**
 * The ways in: one listener with TLS, identity, limits and error mapping, and a package for each
 * dialect it speaks.
 */
package io.dockherd.doors;
