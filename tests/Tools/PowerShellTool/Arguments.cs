using System.Collections;

namespace Qcw.Tools.PowerShellTool;

/// <summary>Named arguments of a script.</summary>
internal static class Arguments
{
    /// <summary><c>-Name value</c> and <c>-Switch</c> as a table that PowerShell splats.</summary>
    public static Hashtable Table(string[] arguments)
    {
        var table = new Hashtable();
        for (int index = 0; index < arguments.Length; index++)
        {
            string name = arguments[index].TrimStart('-');
            bool isSwitch = index + 1 == arguments.Length || arguments[index + 1].StartsWith('-');
            table[name] = isSwitch ? true : arguments[++index];
        }

        return table;
    }
}
