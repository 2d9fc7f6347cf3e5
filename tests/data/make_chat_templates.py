#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders small templates with Jinja itself, with the settings of transformers, and writes what must come out:
tests/data/make_chat_templates.py > tests/data/chat_templates.json (needs jinja2 3.1)

A row is [template, text] or [template, null, message]: rendering must fail, with this message where Jinja words it
itself; an empty message is worded by Python, and only has to be an error. The variables are those of VARIABLES."""
import datetime
import json
import sys

import jinja2
import jinja2.ext
import jinja2.sandbox

VARIABLES = json.loads("""{
 "messages": [
  {"role": "system", "content": "Be brief."},
  {"role": "user", "content": " Größe? 猫🐈 \\"q\\" <b> \\n"},
  {"role": "assistant", "content": "<think>\\nadd\\n</think>\\n\\n4", "tool_calls": [
   {"type": "function", "function": {"name": "f", "arguments": {"z": 1, "a": [true, null, 1.5, "ü\\u0001"], "m": {}}}}]},
  {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "And?"}]}],
 "n": [3, 1, 2], "w": ["b", "A", "c", "a"], "d": {"b": 1, "a": "x", "items": 5}, "s": "a,b,,c", "e": [], "t": true,
 "x": {"y": {"z": [10, 20]}}, "r": [{"k": "B", "v": 2}, {"k": "a", "v": 1}, {"k": "B", "v": 0}, {"v": 5}],
 "big": 9007199254740993, "f": 0.1, "nothing": null, "html": "<a href='x'>&\\"</a>", "lines": "one\\ntwo\\n\\nthree\\n"}""")

WHITESPACE = r"""a{% if t %}b{% endif %}c
a{% if t %}\nb{% endif %}\nc\n
a {%- if t -%} b {%- endif -%} c
a\n  {%- if t %}\n b\n{% endif -%}\n c
  {% if t %}x{% endif %}\n  {% if t %}y{% endif %}
  {%+ if t %}x{% endif %}\n  {%+ if t %}y{% endif %}
  {{ 1 }}\n  {{ 2 }}
  {{- 1 -}}  \n  {{- 2 }} .
x  {# c #}  y\n  {# c #}\n  z
x {#- c -#} y\n
{# c #}\n\nx
{# c +#}\nx
{% if t +%}\nx{% endif %}
{% raw %}{{ x }} {% if %}{% endraw %}\ny
a {%- raw -%}  {{ b }}  {%- endraw -%}  c
  {% raw %}\n  x\n  {% endraw %}\n  y
{% raw %}\n{% endraw %}z
x\n\n
x\n
\n
a\r\nb\rc\r\n
  \t{% if t %}tab{% endif %}
a\n \t {% if t %}\n \t b\n \t {% endif %}\n \t c
{{ 'x' }}  {% if t %}y{% endif %}
{{ 'x' }}\n  {% if t %}y{% endif %}
{% if t %}  {% if t %}z{% endif %}{% endif %}
{% for i in [1, 2] %}\n  {{ i }}\n{% endfor %}\nx
{%- for i in [1, 2] -%}\n  {{ i }}\n{%- endfor -%}\nx
{{ {'a': {'b': 1}}['a']['b'] }}
{{ {'a': {'b': 1}} }}
{{'}}'}}{{"{%"}}{{ '{#' }}
{ {x} } %} }} #}
{{ 3 -1 }}{{ 3-1 }}{{-1}}{{ 1-}}
é {%- if t %}　x{% endif -%}   y"""

EXPRESSIONS = r"""1 + 2 * 3
(1 + 2) * 3
7 // 2
-7 // 2
7 // -2
7 % 3
-7 % 3
7 % -3
7 / 2
6 / 2
2 ** 10
2 ** -1
2 ** 3 ** 2
-2 ** 2
7.5 // 2
-7.5 % 2
1.5 + 1
t + 1
'a' + 'b'
'a' ~ 1 ~ none ~ true ~ 1.0
1 ~ 2 + 3
'a' * 3
3 * 'ab'
'a' * -1
[1] * 2
[1] + [2, 3]
(1, 2) + (3,)
1 < 2 < 3
1 < 2 > 3
1 == 1.0
t == 1
'a' < 'b'
'Z' < 'a'
[1, 2] < [1, 3]
(1, 2) == [1, 2]
[1, 2] == [1, 2]
{'a': 1} == {'a': 1.0}
none == false
undefined_a == undefined_b
'a' in 'cat'
'' in 'cat'
2 in n
2 not in n
'b' in d
'x' in d
'x' in undefined_a
not t
not t == false
not t and t
t and 'x' or 'y'
false or 0 or ''
none or 'z'
'a' if t
'a' if not t
'a' if not t else 'b' if not t else 'c'
('a' if t else 'b') ~ 'c'
true
True
False
None
none
1_000
0x1F
0b101
0o17
1e3
1.5e-7
1e16
1e15
123456789012345680.0
0.1 + 0.2
1e22
100.0
-0.0
big + 1
f
f * 3
1 / 3
'it' 's'
'a\tb\n\\\'\"\x41\u00e9\101\q'
"it's"
[1, 'a', none, true, 1.5, "it's", 'q"', '\n\t\x00é猫']
{'a': 1, 2: [], none: (1,)}
(1,)
()
(1, 2)
1, 2
[]
{}
[1, 2,]
{'a': 1,}
x.y.z[0]
x['y'].z.1
x.y.z[-1]
x.y.z[5] is defined
x.nope is defined
x.nope
messages[0].role[0]
messages[-1]['role'][-1]
messages[1].content[1]
messages[1].content[9]
messages[1:][0].role
messages[::-1][0].role
messages[:2] | length
'abcdef'[1:4]
'abcdef'[::-1]
'abcdef'[::2]
'abcdef'[-3:]
'abcdef'[:-4]
'abcdef'[4:1]
'abcdef'[5:1:-2]
'abcdef'[10:]
'größe猫🐈'[4:]
'größe猫🐈' | length
n[0:1]
d['b']
d.b
d.items is callable
d['items']
d.get('q')
d.get('q', 7)
d.get('a')
d.keys() | list
d.values() | list
d.items() | list
d | items | list
d['q'] is defined
nothing is none
1 is defined
zzz is defined
zzz is undefined
zzz is not defined
t is boolean
t is true
1 is true
false is false
1 is integer
t is integer
1.0 is integer
1.0 is float
t is number
'a' is string
d is mapping
n is mapping
n is sequence
'a' is sequence
d is sequence
1 is sequence
n is iterable
'a' is iterable
1 is iterable
zzz is iterable
range is callable
1 is callable
3 is odd
4 is even
6 is divisibleby 3
6 is divisibleby(4)
1 is sameas 1
none is sameas none
'abc' is lower
'ABC' is upper
'aBc' is lower
'1' is lower
1 is in [1, 2]
'a' is in 'cat'
1 is eq 1
1 is equalto 2
1 is ne 2
1 is lt 2
1 is ge 2
2 is greaterthan 1
1 is not none and t
'a' ~ t is true
range(3) | list
range(1, 7, 2) | list
range(5, 0, -2) | list
range(0) | list
dict(a=1, b='x')
dict([('k', 1)])
dict(d, c=2)
namespace(a=1).a
strftime_now('%d %b %Y') 
strftime_now('%Y-%m-%d %H:%M:%S %%')
strftime_now('%-d/%-m')
'%s is %d' % ('a', 3)
'%s' % 'x'
'%05.2f|%5s|%-5s|%x|%r' % (3.14159, 'ab', 'cd', 255, 'q')
'%.2s' % 'abc'
'{} {}'.format('a', 1)
'{0}{1}{0}'.format('a', 1)
'{x}-{{}}'.format(x=3)
messages | map(attribute='role') | join(', ')
messages | selectattr('role', 'equalto', 'user') | list | length
messages | selectattr('role', '==', 'user') | map(attribute='role') | list
messages | rejectattr('role', 'in', ['user', 'system']) | map(attribute='role') | list
messages | selectattr('tool_calls') | list | length
messages | selectattr('tool_calls', 'defined') | list | length
(messages | selectattr('role', 'equalto', 'nobody')) is iterable
'y' if messages | selectattr('role', 'equalto', 'nobody') else 'n'
messages | map(attribute='content.0.type', default='-') | join('|')
w | map('upper') | list
w | map('replace', 'a', 'x') | list
n | select('odd') | list
n | reject('gt', 2) | list
[0, 1, '', 'a', none] | select | list
n | sort
n | sort(reverse=true)
w | sort
w | sort(case_sensitive=true)
r[:3] | sort(attribute='v') | map(attribute='v') | list
r[:3] | sort(attribute='k') | map(attribute='v') | list
r[:3] | sort(attribute='k', reverse=true) | map(attribute='v') | list
w | unique | list
w | unique(true) | list
r[:3] | unique(attribute='k') | map(attribute='v') | list
n | min
n | max
w | min
w | max
r | max(attribute='v')
n | sum
r | sum(attribute='v')
r | sum(attribute='v', start=10)
n | first
n | last
e | first
e | first is defined
e | last
'abc' | first
'abc' | last
d | first
n | length
d | count
'abc' | list
d | list
zzz | list
zzz | length
n | reverse | list
'größe' | reverse
n | join
n | join('-')
r[:3] | join(',', attribute='k')
'abc' | join('.')
d | dictsort
d | dictsort(reverse=true)
{'b': 2, 'a': 3} | dictsort(by='value')
[1, 2, 3] | batch(2) | list
[1, 2, 3] | batch(2, 0) | list
zzz | default('D')
zzz | default
'' | default('D')
'' | default('D', true)
'' | d('D', boolean=true)
none | default('D')
x.q.r | default('D') if false else 'ok'
x.q | default('D')
' a ' | trim
'xxaxx' | trim('x')
3 | trim
none | trim
zzz | trim
'größe ß ǆ' | upper
'GRÖSSE İ Σ' | lower
'hello wORLD-foo (bar)' | title
"it's a dog" | title
'hello WORLD' | capitalize
'a.a.a' | replace('.', '-')
'a.a.a' | replace('.', '-', 1)
'abc' | replace('', '-')
123 | replace(2, 'x')
12 | string
none | string
'<b>' | safe
html | escape
html | e
lines | indent
lines | indent(2, true)
lines | indent(2, false, true)
lines | indent('> ')
'one' | indent(2, true)
'' | indent(2, true)
'%s-%s' | format('a', 1)
'two words, three' | wordcount
'a b/c?é&' | urlencode
'12' | int
'x' | int
'x' | int(7)
' 12 ' | int
'1_000' | int
3.9 | int
-3.9 | int
'3.9' | int
'ff' | int(0, 16)
none | int
'1.5' | float
'x' | float
'x' | float(2.5)
3 | float
-3 | abs
-3.5 | abs
2.5 | round
3.5 | round
2.675 | round(2)
2.1 | round(0, 'ceil')
-2.1 | round(method='floor')
1234.5 | round(-2)
d | tojson
messages[2].tool_calls | tojson
messages[2].tool_calls | tojson(indent=2)
messages[1].content | tojson
messages[1].content | tojson(ensure_ascii=true)
d | tojson(sort_keys=true)
d | tojson(separators=(',', ':'))
[] | tojson(indent=4)
{} | tojson(indent=4)
[[], {}, [1]] | tojson(indent=1)
'"\\\n\t/\u2028\x7f\x1f' | tojson
[1.0, 1e100, 0.1, -0.0, 12345678901234567890.0] | tojson
{1: 2, none: 3, true: 4, 1.5: 5} | tojson
(1, 2) | tojson
none | tojson
s.split(',')
s.split(',', 1)
s.rsplit(',', 1)
' a  b \n c '.split()
' a  b \n c '.split(none, 1)
' a  b \n c '.rsplit(none, 1)
''.split()
''.split(',')
'aaa'.split('aa')
'aaa'.rsplit('aa')
'a\nb\r\nc\n'.splitlines()
'a\nb\r\nc'.splitlines(true)
'k=v=w'.partition('=')
'k=v=w'.rpartition('=')
'kv'.partition('=')
'kv'.rpartition('=')
'  x '.strip() ~ '|'
'  x '.lstrip() ~ '|'
'  x '.rstrip() ~ '|'
'\n\nx\n'.lstrip('\n')
'abcba'.strip('ab')
'abc'.startswith('ab')
'abc'.startswith(('x', 'a'))
'abc'.startswith('b', 1)
'abc'.endswith('bc')
'abc'.endswith('b', 0, 2)
'abc'.removeprefix('a')
'abc'.removesuffix('bc')
'abc'.removeprefix('x')
'abcabc'.find('b')
'abcabc'.rfind('b')
'abcabc'.find('b', 2)
'abc'.find('z')
'aaaa'.count('aa')
'abc'.count('')
'abc'.index('c')
'ab'.upper()
'AB'.lower()
"it's a DOG".title()
'hELLO'.capitalize()
'a-b'.replace('-', '+')
'a-b-c'.replace('-', '+', 1)
'-'.join(['a', 'b'])
'12'.isdigit()
'a1'.isalnum()
'ab'.isalpha()
' \n'.isspace()
''.isspace()
'AB'.isupper()
'ab'.islower()
'½'.isnumeric()
'²'.isdigit()
'½'.isdigit()
'ab'.ljust(4) ~ '|'
'ab'.rjust(4, '.')
'ab'.center(5, '.')
'abc'.center(6, '.')
'7'.zfill(3)
'-7'.zfill(4)
n.index(2)
n.count(1)
-1 | abs
-(1 | abs)
- n[0]
+3
n[0] - n[1]
'a' in ['a'] and 'b' not in ['a']
messages|length - 1
(messages|length - 1) ~ ''
not(t and false)
messages[0]['content'].strip().upper()
{'a': 1}.a
[1, 2, 3][1]
'abc'[0]
x | length
'x' | list | length
[n, w] | tojson
loop is defined
tools is none
tools is defined
documents is none
[1, 2] | map('string') | join(',')
[{'a': {'b': 3}}] | map(attribute='a.b') | first
[[1, 2], [3, 4]] | map('first') | list
[[1, 2], [3, 4]] | map(attribute=1) | list
[3, 'a'] | map('tojson') | list
'a,b' | replace(',', '\n') | indent(1, first=true)
(n | sort)[0]
(messages | map(attribute='role') | list)[-1]
'%d%%' % 5
{'type': 'text'} in [{'type': 'text'}]
n is in [[3, 1, 2]]"""

STATEMENTS = r"""{% set a = 1 %}{{ a }}
{% set a, b = 1, 2 %}{{ b }}{{ a }}
{% set a = [1, 2] %}{% set (b, c) = a %}{{ c }}
{% set a = 1, 2 %}{{ a }}
{% set a %} x{{ 1 }} {% endset %}[{{ a }}]
{% set a | upper | trim %} x {% endset %}[{{ a }}]
{% set ns = namespace(x=1) %}{% for i in n %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}
{% set ns = namespace({'x': 1}, y=2) %}{{ ns.x }}{{ ns.y }}{{ ns.z is defined }}
{% set a = 1 %}{% for i in n %}{% set a = i %}{{ a }}{% endfor %}{{ a }}
{% set a = 1 %}{% for i in n %}{{ a }}{% set a = i %}{% endfor %}
{% set a = 1 %}{% if t %}{% set a = 2 %}{% endif %}{{ a }}
{% for m in messages %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}
{% for i in n %}{{ loop.previtem if not loop.first }}<{{ i }}>{{ loop.nextitem if not loop.last }} {% endfor %}
{% for i in n %}{{ loop.previtem }}|{{ loop.nextitem }} {% endfor %}
{% for i in n %}{{ loop.cycle('a', 'b') }}{% endfor %}
{% for i in n %}{% set outer = loop %}{% for j in n %}{{ outer.index }}{{ loop.index }}{{ loop.depth }} {% endfor %}{% endfor %}
{% for i in n if i > 1 %}{{ loop.index }}:{{ i }}/{{ loop.length }} {% else %}none{% endfor %}
{% for i in n if i > 9 %}x{% else %}none{% endfor %}
{% for i in e %}x{% else %}empty{% endfor %}
{% for i in zzz %}x{% else %}undefined{% endfor %}
{% for k in d %}{{ k }} {% endfor %}
{% for k, v in d.items() %}{{ k }}={{ v }} {% endfor %}
{% for k, v in d | dictsort %}{{ k }}={{ v }} {% endfor %}
{% for c in 'größe' %}{{ c }}.{% endfor %}
{% for i in 1, 2, 3 %}{{ i }}{% endfor %}
{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}
{% for i in range(3) %}{% for j in range(3) %}{% if j == 1 %}{% break %}{% endif %}{{ i }}{{ j }} {% endfor %}{% endfor %}
{% for i in n %}{% break %}{% else %}x{% endfor %}y
{% if e %}a{% elif zzz %}b{% elif t %}c{% else %}d{% endif %}
{% if not e %}a{% endif %}
{% if 0 %}a{% elif 0.0 %}b{% elif '' %}c{% elif {} %}d{% elif none %}e{% else %}f{% endif %}
{% macro m(a, b='B', c=a) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }} {{ m(1, 2) }} {{ m(b=3, a=4) }} {{ m() }}
{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, k=3) }}
{% macro m() %} x {% endmacro %}[{{ m() | trim }}]{{ m() is string }}
{% macro f(i) %}{{ i }}{% if i > 0 %},{{ f(i - 1) }}{% endif %}{% endmacro %}{{ f(3) }}
{% macro show() %}{{ late }}{% endmacro %}{% set late = 5 %}{{ show() }}
{% set a = 1 %}{% macro m() %}{% set a = 2 %}{{ a }}{% endmacro %}{{ m() }}{{ a }}
{% macro m(x) %}<{{ caller() }}{{ x }}>{% endmacro %}{% call m(1) %}in{{ t }}{% endcall %}
{% macro m() %}{{ caller(1, b=2) }}{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{% endcall %}
{% macro m() -%}\n  x\n{%- endmacro %}{{ m() }}
{% for i in n %}{% macro m(x) %}{{ x }}{{ i }}{% endmacro %}{{ m('a') }} {% endfor %}
{% filter upper %}a{{ 'b' }}{% endfilter %}
{% filter replace('a', 'b') | upper %}xay{% endfilter %}
{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a is defined }}
{% with %}{% set a = 1 %}{{ a }}{% endwith %}{{ a is defined }}
{% set range = 3 %}{{ range }}
{% set x = {'a': [1, {'b': 'c'}]} %}{{ x.a[1].b }}
{% for m in messages %}{% if m.content is string %}{{ m.content | trim }}{% else %}{% for p in m.content %}{{ '<img>' if p.type == 'image' else p.text }}{% endfor %}{% endif %}|{% endfor %}
{% for m in messages[1:] %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('alternate') }}{% endif %}{% endfor %}ok
{% set c = messages[2].content %}{{ c.split('</think>')[-1].lstrip('\n') }}|{{ c.split('</think>')[0].split('<think>')[-1].strip() }}
{% for t in messages[2].tool_calls %}{% if t.function %}{% set t = t.function %}{% endif %}{{ t.name }}{{ t.arguments | tojson }}{% endfor %}
{% for k, v in messages[2].tool_calls[0].function.arguments.items() %}{{ k }}: {{ v if v is string else v | tojson }}\n{% endfor %}
{% set ns = namespace(found=false) %}{% for m in messages %}{% if m.role == 'user' and not ns.found %}{% set ns.found = true %}{{ loop.index }}{% endif %}{% endfor %}
{% if messages[0].role == 'system' %}{% set rest = messages[1:] %}{% else %}{% set rest = messages %}{% endif %}{{ rest | length }}
{% set a = none %}{{ a }}{% set a = a or 'x' %}{{ a }}
{% if a is not defined %}{% set a = 'd' %}{% endif %}{{ a }}
{{ messages[0].content ~ '\n' if messages[0].role == 'system' else '' }}x
{% set content = messages[1].content.strip() %}{{ content }}
{% set loop_messages = messages %}{% for m in loop_messages %}{{ m.role }}{{ ', ' if not loop.last else '.' }}{% endfor %}
{%- for m in messages %}\n    {%- if m.role == 'user' %}\n        {{- '[U]' }}\n    {%- else %}\n        {{- m.role[0] | upper }}\n    {%- endif %}\n{%- endfor %}
{% macro kind(p) %}{% if p is mapping %}{{ '{' }}{% for k, v in p.items() %}{{ k }}:{{ kind(v) }}{{ ',' if not loop.last }}{% endfor %}{{ '}' }}{% elif p is string %}s{% elif p is iterable %}[{% for q in p %}{{ kind(q) }}{% endfor %}]{% else %}.{% endif %}{% endmacro %}{{ kind(messages[2]) }}
{% set f = 'x' %}{% set f = f ~ 'y' %}{{ f }}
{% set a = messages | length %}{% if a > 3 and messages[3].content is not string %}parts{% endif %}
{% raw %}{{ not }}{% endraw %}{{ 'x' }}
{% for i in n -%} {{ i }} {%- endfor %}
{% set _ = 1 %}{{ _ }}
{% for i in n %}{% continue %}{% else %}x{% endfor %}y
{% for i in n %}{% if loop.last %}{% break %}{% endif %}{% else %}x{% endfor %}y
{{ ns is defined }}{% set ns = namespace() %}{% set ns.a = ns %}{{ ns.a.a is defined }}{{ ns == ns.a }}
{% for i in n %}{{ i }}{{- ',' if not loop.last -}} {% endfor %}"""

ERRORS = r"""{{ raise_exception('no') }}
{{ raise_exception('no ' ~ messages[0].role ~ ': ü') }}
{{ zzz.a }}
{{ zzz['a'] }}
{{ zzz() }}
{{ zzz + 1 }}
{{ zzz < 1 }}
{{ x.q.r }}
{{ x.q[0] }}
{{ messages[9].role }}
{{ nothing.a }}
{{ 'a'.b.c }}
{{ n.strip() }}
{{ messages[3].content.strip() }}
{{ messages[3].content.startswith('a') }}
{{ d.nope() }}
{{ (1).a.b }}
{{ x.y.z.append(1) }}
{{ d.update({'a': 1}) }}
{{ e | first + 1 }}
{% macro m(a) %}{{ a.b }}{% endmacro %}{{ m() }}
{{ zzz | tojson }}
{{ 'a' + 1 }}
{{ 1 + 'a' }}
{{ [1] + 'a' }}
{{ 'a' + none }}
{{ 'a' < 1 }}
{{ none < 1 }}
{{ 1 / 0 }}
{{ 1 // 0 }}
{{ 1.0 % 0 }}
{{ 'a' in 1 }}
{{ 1 in 'a' }}
{{ 5 | length }}
{{ none | list }}
{{ {[1]: 2} }}
{{ d() }}
{{ 'a'() }}
{{ -'a' }}
{{ 'abc'[::0] }}
{{ 'abc'.index('z') }}
{{ ''.split('') }}
{{ '-'.join([1]) }}
{{ '%d' % 'a' }}
{{ '%s %s' % 'a' }}
{{ '%s' % ('a', 'b') }}
{{ range(1, 2, 0) }}
{{ range(1000000000) }}
{{ w | map('nofilter') | list }}
{% set a, b = [1] %}
{% set d.a = 1 %}
{% for a, b in [1] %}{% endfor %}
{% for i in 5 %}{% endfor %}
{% for i in none %}{% endfor %}
{% for a, b in ['abc'] %}{% endfor %}
{% include 'x' %}
{% import 'x' as y %}
{% extends 'x' %}
{% do 1 %}
{% nope %}
{% if t %}
{% for i in n %}
{% endif %}
{% if t %}{% endfor %}
{% if t %}{% else %}
{% set %}
{% set a = %}
{% macro %}{% endmacro %}
{% macro m %}{% endmacro %}
{% macro m(a=1, b) %}{% endmacro %}
{% break %}
{% for i in n %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}
{{ }}
{{ 1 +
{{ 1 + }}
{{ (1 }}
{{ 1) }}
{{ [1, }}
{{ [1) }}
{{ {'a' 1} }}
{{ 'a }}
{{ a b }}
{{ a. }}
{{ f(a=1, 2) }}
{{ a | }}
{{ a is }}
{{ 1 ? 2 }}
{{ a ! b }}
{{ $ }}
{# x
{% raw %}x
{% set x = 1
{{ d | nofilter }}
{{ d is notest }}"""


def environment():
    env = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[jinja2.ext.loopcontrols])

    def raise_exception(message):
        raise jinja2.exceptions.TemplateError(message)

    def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = lambda form: datetime.datetime(2024, 7, 5, 7, 8, 9).strftime(form)
    return env


def row(env, template):
    try:
        return [template, env.from_string(template).render(tools=None, documents=None, **VARIABLES)]
    except jinja2.TemplateSyntaxError:
        return [template, None, ""]
    except jinja2.TemplateError as error:
        return [template, None, str(error)]
    except Exception:
        return [template, None, ""]


def unescaped(line):
    """In the lists above "\\n" outside of expressions stands for a newline."""
    parts, inside = [], False
    i = 0
    while i < len(line):
        two = line[i:i + 2]
        if two in ("{{", "{%"):
            inside = True
        elif two in ("}}", "%}"):
            inside = False
        if not inside and two in ("\\n", "\\t", "\\r"):
            parts.append({"\\n": "\n", "\\t": "\t", "\\r": "\r"}[two])
            i += 2
        else:
            parts.append(line[i])
            i += 1
    return "".join(parts)


def main():
    env = environment()
    rows = [unescaped(line) for line in WHITESPACE.split("\n")]
    rows += ["{{ %s }}" % line for line in EXPRESSIONS.split("\n")]
    rows += [unescaped(line) for line in STATEMENTS.split("\n")] + ERRORS.split("\n")
    lines = [json.dumps(row(env, template), ensure_ascii=False) for template in rows]
    sys.stdout.write('{"variables": %s,\n"rows": [\n%s\n]}\n'
                     % (json.dumps(VARIABLES, ensure_ascii=False), ",\n".join(lines)))


if __name__ == "__main__":
    main()
