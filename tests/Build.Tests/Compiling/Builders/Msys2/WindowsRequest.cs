using Qcw.Build.Compiling.Builders;

namespace Qcw.Build.Tests.Compiling.Builders.Msys2;

/// <summary>A run of a recipe as it is on a Windows host.</summary>
internal static class WindowsRequest
{
    public static CompileRequest Xz { get; } =
        new(
            "xz", "5.2.9", @"C:\q\build\Components\Xz\xz.sh", @"C:\q\build\Compiling\Recipes\recipe.sh", @"C:\q\artifacts\sources\xz-5.2.9",
            @"C:\q\artifacts\build\xz-5.2.9-x86_64", @"C:\q\artifacts\stage\xz-5.2.9-x86_64.partial", [], 2, 42, @"C:\q\xz.log");
}
