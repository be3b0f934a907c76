using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Build.Tests")]
