using System.Reflection;

namespace Berth.Tests.Architecture;

/// <summary>
/// Every type a type names: in its bases, attributes, members, signatures and bodies. Lambdas, iterators and async
/// methods are types of their own in the same namespace, so whoever walks all types of an assembly has their bodies too.
/// </summary>
internal static class TypeUses
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<Type> Of(Type type) =>
        OfDeclaration(type).Concat(type.GetMembers(Declared).SelectMany(OfMember))
            .SelectMany(Flatten)
            .Where(used => used != type)
            .Distinct();

    private static IEnumerable<Type> OfDeclaration(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. OfAttributes(type.GetCustomAttributesData()),
        .. OfParameters(type.GetGenericArguments()),
    ];

    private static IEnumerable<Type> OfMember(MemberInfo member) =>
    [
        .. OfAttributes(member.GetCustomAttributesData()),
        .. member switch
        {
            FieldInfo field => [field.FieldType],
            PropertyInfo property => [property.PropertyType],
            MethodBase method => [.. OfSignature(method), .. OfBody(method)],
            _ => Type.EmptyTypes,
        },
    ];

    private static IEnumerable<Type> OfSignature(MethodBase method) =>
    [
        .. method is MethodInfo { ReturnType: var result } ? [result] : Type.EmptyTypes,
        .. method.GetParameters().SelectMany(
            parameter => OfAttributes(parameter.GetCustomAttributesData()).Append(parameter.ParameterType)),
        .. method.IsGenericMethod ? OfParameters(method.GetGenericArguments()) : [],
    ];

    // A static call leaves no local behind, and a local may never be called: both are looked at.
    private static IEnumerable<Type> OfBody(MethodBase method) => method.GetMethodBody() is not { } body
        ? []
        : [
            .. body.LocalVariables.Select(local => local.LocalType),
            .. body.ExceptionHandlingClauses
                .Where(clause => clause.Flags is ExceptionHandlingClauseOptions.Clause)
                .Select(clause => clause.CatchType!),
            .. Instructions.MembersIn(method, body).SelectMany(OfOperand),
        ];

    private static IEnumerable<Type> OfOperand(MemberInfo operand) => operand switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType!, field.FieldType],
        MethodBase { DeclaringType: { } owner } method =>
        [
            owner,
            .. method is MethodInfo { ReturnType: var result } ? [result] : Type.EmptyTypes,
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method.IsGenericMethod ? method.GetGenericArguments() : [],
        ],
        _ => [],
    };

    private static IEnumerable<Type> OfAttributes(IEnumerable<CustomAttributeData> attributes) =>
        attributes.SelectMany(attribute => OfArguments(attribute).Append(attribute.AttributeType));

    private static IEnumerable<Type> OfArguments(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue))
            .SelectMany(argument => argument.Value is Type type ? [argument.ArgumentType, type] : new[] { argument.ArgumentType });

    private static IEnumerable<Type> OfParameters(Type[] generic) =>
        generic.Where(type => type.IsGenericParameter).SelectMany(type => type.GetGenericParameterConstraints());

    private static IEnumerable<Type> Flatten(Type type)
    {
        if (type.HasElementType)
        {
            return Flatten(type.GetElementType()!);
        }

        return type.IsGenericType
            ? type.GetGenericArguments().SelectMany(Flatten).Append(type.GetGenericTypeDefinition())
            : [type];
    }
}
