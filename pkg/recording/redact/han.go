package redact

import (
	"regexp"
	"strings"
	"unicode"
)

// hanWords are what secrets are called in Chinese, in both scripts, each with its rule. A name is a secret's when it ends in
// one: 数据库密码 is, 密码长度 (the length of it) is not.
var hanWords = []struct{ rule, word string }{
	{"access-key", "访问密钥"},
	{"access-key", "访问秘钥"},
	{"private-key", "私钥"},
	{"private-key", "私鑰"},
	{"password", "密码"},
	{"password", "密碼"},
	{"password", "口令"},
	{"password", "暗号"},
	{"secret", "密钥"},
	{"secret", "密鑰"},
	{"secret", "秘钥"},
	{"secret", "金鑰"},
	{"token", "令牌"},
	{"token", "權杖"},
	{"credential", "凭证"},
	{"credential", "憑證"},
	{"credential", "凭据"},
	{"credential", "憑據"},
	{"secret", "机密"},
	{"password", "授权码"},
	{"password", "验证码"},
	{"password", "动态码"},
}

// hanClass is class for names in Chinese, alone or behind other letters (DB密码).
func hanClass(name string) string {
	if !strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return ""
	}
	name = strings.TrimRight(name, "0123456789_-")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "值"), "串")
	for _, w := range hanWords {
		if strings.HasSuffix(name, w.word) {
			return w.rule
		}
	}
	return ""
}

// hanSentence finds a secret in Chinese prose: 密码是 x, 初始口令为：x, 令牌已生成 x. What begins in Chinese again goes on in words.
var hanSentence = regexp.MustCompile(`(?P<k>密码|密碼|口令|密钥|密鑰|秘钥|私钥|金鑰|令牌|凭证|凭据|憑證)(?:已?(?:更改|修改|重置|设置|更新|生成)?(?:是|为|為|成)|已(?:生成|重置|设置)|【|「|“|（|\()\s*[:：=]?\s*["'“「『]?(?P<v>[!-&(-+\--~]{4,})`)

// hanHints are in texts that hanSentence may match.
var hanHints = []string{"密码", "密碼", "口令", "密钥", "密鑰", "秘钥", "私钥", "金鑰", "令牌", "凭证", "凭据", "憑證"}
