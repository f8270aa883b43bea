/** The command line, one command a file; all but {@code node} and {@code demo} talk to doors. */
package io.dockherd.cli;
