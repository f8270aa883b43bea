/** Where in a file something is, and what is wrong there; gathered so that all is told at once. */
package io.dockherd.compose.problems;
