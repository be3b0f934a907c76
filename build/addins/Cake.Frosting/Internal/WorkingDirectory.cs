using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>The directory that the build's entry point chose.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);
