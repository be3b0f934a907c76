using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>What a task's class says about the task.</summary>
internal sealed class TaskShape
{
    private readonly Type type;

    /// <summary>The generic base that the task was derived from; null for one that implements the interface itself.</summary>
    private readonly Type? taskBase;

    public TaskShape(Type type)
    {
        this.type = type;
        for (var ancestor = type.BaseType; ancestor is not null && taskBase is null; ancestor = ancestor.BaseType)
        {
            taskBase = IsTaskBase(ancestor) ? ancestor : null;
        }
    }

    public string Name => NameOf(type);

    public string Description => type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? string.Empty;

    public bool ContinuesOnError => type.IsDefined(typeof(ContinueOnErrorAttribute));

    public Type ContextType => taskBase?.GetGenericArguments()[0] ?? typeof(ICakeContext);

    public IEnumerable<string> Predecessors => type.GetCustomAttributes<IsDependentOnAttribute>().Select(edge => NameOfTask(edge.Task));

    public IEnumerable<string> Successors => type.GetCustomAttributes<IsDependeeOfAttribute>().Select(edge => NameOfTask(edge.Task));

    /// <summary>Whether the task has its own version of a method; one that implements the interface itself has them all.</summary>
    public bool Overrides(string method) => taskBase is null || type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Any(candidate => candidate.Name == method
            && candidate.GetBaseDefinition().DeclaringType == taskBase
            && candidate.DeclaringType != taskBase);

    private static bool IsTaskBase(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(FrostingTask<>) || type.GetGenericTypeDefinition() == typeof(AsyncFrostingTask<>));

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    private string NameOfTask(Type other) => other.IsAssignableTo(typeof(IFrostingTask))
        ? NameOf(other)
        : throw new FrostingException($"Task '{Name}' names '{other}' as a neighbour, which is not a task.");
}
