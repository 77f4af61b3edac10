"""The administrator's pages: adding files and watching them being read, correcting, removing, restoring."""
