/** What becomes of apps when things go wrong, on real engines: a class for each thing. */
package io.dockherd.system.apps;
