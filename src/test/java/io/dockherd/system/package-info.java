/** The whole system on real hosts: one class for each thing that can go wrong, named for it. */
package io.dockherd.system;
