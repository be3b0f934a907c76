namespace Qcw.Build.Releasing.Jobs;

/// <summary>What a job may take from an earlier run, by keys that are fingerprints. A wrong cache costs time only: each step checks its own fingerprint.</summary>
/// <param name="Downloads">Key of the verified inputs.</param>
/// <param name="Msys2">Key of the kept packages of MSYS2, the same for all jobs that need them: a release has one version of each; empty: it needs none.</param>
/// <param name="Sysroot">Key of the compiled libraries; empty: it needs none.</param>
/// <param name="SysrootPaths">Their folders, one pattern a line, relative to the repository.</param>
/// <param name="Ccache">Key of the compiler's cache; empty: it has no use for one.</param>
/// <param name="CcachePrefix">What keys of caches begin with that are worth having although something has changed.</param>
public sealed record JobCaches(string Downloads, string Msys2, string Sysroot, string SysrootPaths, string Ccache, string CcachePrefix);
