using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Components;

/// <summary>What is the same for every library of the sysroot.</summary>
internal static class SysrootLibrary
{
    /// <summary>Unpacks and compiles one library, where the toolchain does not have it.</summary>
    public static void Compile(BuildContext context, Component library)
    {
        if (context.Compiler.HasLibraries)
        {
            context.Messages.Step(library.Name, "compile", "comes with the toolchain");
            return;
        }

        if (library.Source is not RecipeSource)
        {
            context.Sources.Unpack(library, context.Fetcher.Locate(library));
        }

        context.Compiler.Compile(
            library, Recipe.Find(context.Paths, "Sysroot", library.Name, "mingw-w64", "mingw-w64-binutils", "meson", "pkg-config"));
    }
}
